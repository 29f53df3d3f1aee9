import { Module } from '@nestjs/common';
import { BundlesController } from './bundles.controller.js';
import { BundlesService } from './bundles.service.js';
import { HouseSeal } from './house-seal.js';
import { HeldController } from './held.controller.js';
import { HeldService } from './held.service.js';
import { IngestService } from './ingest.service.js';
import { Quarantine } from './quarantine.service.js';
import { SegmentMapsController } from './segment-maps.controller.js';
import { SegmentMapsService } from './segment-maps.service.js';
import { TrackingController } from './tracking.controller.js';
import { TrackingService } from './tracking.service.js';

@Module({
  controllers: [TrackingController, BundlesController, HeldController, SegmentMapsController],
  providers: [IngestService, TrackingService, BundlesService, HouseSeal, HeldService, Quarantine, SegmentMapsService],
})
export class TrackingModule {}
