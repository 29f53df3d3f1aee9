import { Module } from '@nestjs/common';
import { DerivationService } from './derivation.service.js';

@Module({ providers: [DerivationService] })
export class TrackingModule {}
