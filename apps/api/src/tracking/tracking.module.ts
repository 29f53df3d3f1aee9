import { Module } from '@nestjs/common';
import { ClaimsController } from './claims.controller.js';
import { ClaimsService } from './claims.service.js';
import { IngestPool } from './ingest-pool.js';
import { IngestService } from './ingest.service.js';
import { PaperController } from './paper.controller.js';
import { PaperService } from './paper.service.js';
import { SegmentMapsController } from './segment-maps.controller.js';
import { SegmentMapsService } from './segment-maps.service.js';
import { StatementsController } from './statements.controller.js';
import { StatementsService } from './statements.service.js';
import { TrackingRoutes } from './tracking.routes.js';
import { TrackingService } from './tracking.service.js';

@Module({
  controllers: [StatementsController, SegmentMapsController, PaperController, ClaimsController],
  providers: [
    IngestPool,
    IngestService,
    TrackingRoutes,
    TrackingService,
    StatementsService,
    SegmentMapsService,
    PaperService,
    ClaimsService,
  ],
})
export class TrackingModule {}
