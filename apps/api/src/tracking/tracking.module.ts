import { Module } from '@nestjs/common';
import { IngestService } from './ingest.service.js';
import { SegmentMapsController } from './segment-maps.controller.js';
import { SegmentMapsService } from './segment-maps.service.js';
import { TrackingController } from './tracking.controller.js';
import { TrackingService } from './tracking.service.js';

@Module({
  controllers: [TrackingController, SegmentMapsController],
  providers: [IngestService, TrackingService, SegmentMapsService],
})
export class TrackingModule {}
