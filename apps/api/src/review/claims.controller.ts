import {
  ClaimableSessions,
  type ClaimItem,
  ClaimPage,
  ClaimQuery,
  ClaimView,
  DecideClaim,
  MakeClaim,
  type Page,
} from '#libs/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { ClaimsService } from './claims.service.js';

@ApiTags('Review')
@Controller()
export class ClaimsController {
  constructor(private readonly claims: ClaimsService) {}

  @Post('tracking/sessions/:id/claims')
  @ApiOperation({
    summary: 'Names somebody who was only counted in a hall; a learner’s own word waits to be confirmed',
  })
  @ApiCreatedResponse({ standardSchema: ClaimView })
  make(
    @Param('id', { schema: Id }) sessionId: string,
    @Body({ schema: MakeClaim }) claim: MakeClaim,
    @CallerOf() caller: Caller,
  ): Promise<ClaimView> {
    return this.claims.make(sessionId, claim, caller);
  }

  @Get('learners/:id/claimable-sessions')
  @ApiOperation({ summary: 'Lists hall sessions in which the learner may have been counted without a name' })
  @ApiOkResponse({ standardSchema: ClaimableSessions })
  claimable(@Param('id', { schema: Id }) learnerId: string, @CallerOf() caller: Caller): Promise<ClaimableSessions> {
    return this.claims.claimable(learnerId, caller);
  }

  @Get('claims')
  @ApiOperation({
    summary: 'Lists what learners have claimed at the sites in reach and nobody has decided, the oldest first',
  })
  @ApiOkResponse({ standardSchema: ClaimPage })
  list(@Query({ schema: ClaimQuery }) query: ClaimQuery, @CallerOf() caller: Caller): Promise<Page<ClaimItem>> {
    return this.claims.list(query, caller);
  }

  @Post('claims/:id/decision')
  @HttpCode(200)
  @ApiOperation({ summary: 'Confirms or declines what a learner has claimed' })
  @ApiOkResponse({ standardSchema: ClaimView })
  decide(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DecideClaim }) decision: DecideClaim,
    @CallerOf() caller: Caller,
  ): Promise<ClaimView> {
    return this.claims.decide(id, decision, caller);
  }
}
