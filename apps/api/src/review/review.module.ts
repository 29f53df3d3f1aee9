import { Module } from '@nestjs/common';
import { ClaimsController } from './claims.controller.js';
import { ClaimsService } from './claims.service.js';
import { DisputesController } from './disputes.controller.js';
import { DisputesService } from './disputes.service.js';
import { FlagsController } from './flags.controller.js';
import { FlagsService } from './flags.service.js';
import { OverridesController } from './overrides.controller.js';
import { OverridesService } from './overrides.service.js';

/** What people say of the ledger: what is disputed, ruled and claimed, and what looks odd. */
@Module({
  controllers: [DisputesController, OverridesController, ClaimsController, FlagsController],
  providers: [DisputesService, OverridesService, ClaimsService, FlagsService],
})
export class ReviewModule {}
