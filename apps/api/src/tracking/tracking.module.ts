import { Module } from '@nestjs/common';
import { IngestService } from './ingest.service.js';
import { TrackingController } from './tracking.controller.js';
import { TrackingService } from './tracking.service.js';

@Module({ controllers: [TrackingController], providers: [IngestService, TrackingService] })
export class TrackingModule {}
