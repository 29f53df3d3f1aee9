import { Module } from '@nestjs/common';
import { JobRunner } from './job-runner.js';
import { Waker } from './waker.js';

@Module({ providers: [JobRunner, Waker], exports: [JobRunner, Waker] })
export class JobsModule {}
