import { Module } from '@nestjs/common';
import { WorkerIdentity } from './worker-identity.js';

/** One identity for all that this worker says of itself. */
@Module({ providers: [WorkerIdentity], exports: [WorkerIdentity] })
export class IdentityModule {}
