import { MakeOverride, OverrideView } from '#libs/contracts';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { OverridesService } from './overrides.service.js';

@ApiTags('Review')
@Controller('tracking/sessions/:id/overrides')
export class OverridesController {
  constructor(private readonly overrides: OverridesService) {}

  @Post()
  @ApiOperation({ summary: 'Rules, with a reason, what a session counts for a learner; the latest ruling stands' })
  @ApiCreatedResponse({ standardSchema: OverrideView })
  make(
    @Param('id', { schema: Id }) sessionId: string,
    @Body({ schema: MakeOverride }) override: MakeOverride,
    @CallerOf() caller: Caller,
  ): Promise<OverrideView> {
    return this.overrides.make(sessionId, override, caller);
  }
}
