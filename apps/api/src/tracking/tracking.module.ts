import { Module } from '@nestjs/common';
import { BundlesController } from './bundles.controller.js';
import { BundlesService } from './bundles.service.js';
import { HouseSeal } from './house-seal.js';
import { IngestService } from './ingest.service.js';
import { SegmentMapsController } from './segment-maps.controller.js';
import { SegmentMapsService } from './segment-maps.service.js';
import { TrackingController } from './tracking.controller.js';
import { TrackingService } from './tracking.service.js';

@Module({
  controllers: [TrackingController, BundlesController, SegmentMapsController],
  providers: [IngestService, TrackingService, BundlesService, HouseSeal, SegmentMapsService],
})
export class TrackingModule {}
