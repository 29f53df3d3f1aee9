import { Module } from '@nestjs/common';
import { BundlesController } from './bundles.controller.js';
import { BundlesService } from './bundles.service.js';
import { ClaimsController } from './claims.controller.js';
import { ClaimsService } from './claims.service.js';
import { HeldController } from './held.controller.js';
import { HeldService } from './held.service.js';
import { HouseSeal } from './house-seal.js';
import { IngestDesk } from './ingest-desk.js';
import { IngestPool } from './ingest-pool.js';
import { IngestThread } from './ingest-thread.js';
import { IngestService } from './ingest.service.js';
import { PaperController } from './paper.controller.js';
import { PaperService } from './paper.service.js';
import { Quarantine } from './quarantine.service.js';
import { SegmentMapsController } from './segment-maps.controller.js';
import { SegmentMapsService } from './segment-maps.service.js';
import { StatementsController } from './statements.controller.js';
import { StatementsService } from './statements.service.js';
import { TrackingRoutes } from './tracking.routes.js';
import { TrackingService } from './tracking.service.js';

/** What takes batches, however they come. */
export const takers = [IngestPool, IngestService, Quarantine, TrackingService, HouseSeal, BundlesService];

@Module({
  controllers: [
    StatementsController,
    SegmentMapsController,
    PaperController,
    ClaimsController,
    BundlesController,
    HeldController,
  ],
  providers: [
    ...takers,
    IngestDesk,
    IngestThread,
    TrackingRoutes,
    StatementsService,
    SegmentMapsService,
    PaperService,
    ClaimsService,
    HeldService,
  ],
})
export class TrackingModule {}
