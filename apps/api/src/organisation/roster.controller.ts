import { AddLearner, LearnerView, type Page, RosterPage, RosterQuery } from '#libs/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { RosterService } from './roster.service.js';

@ApiTags('Organisation')
@Controller('sites/:id/roster')
export class RosterController {
  constructor(private readonly roster: RosterService) {}

  @Get()
  @ApiOperation({ summary: 'Lists the learners on the roster of a site, by name, today or on some day' })
  @ApiOkResponse({ standardSchema: RosterPage })
  list(
    @Param('id', { schema: Id }) siteId: string,
    @Query({ schema: RosterQuery }) query: RosterQuery,
    @CallerOf() caller: Caller,
  ): Promise<Page<LearnerView>> {
    return this.roster.list(siteId, query, caller);
  }

  @Post()
  @ApiOperation({ summary: 'Puts a learner on the roster of a site: a new one, or one known by code' })
  @ApiCreatedResponse({ standardSchema: LearnerView })
  add(
    @Param('id', { schema: Id }) siteId: string,
    @Body({ schema: AddLearner }) learner: AddLearner,
    @CallerOf() caller: Caller,
  ): Promise<LearnerView> {
    return this.roster.add(siteId, learner, caller);
  }

  @Delete(':learnerId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes a learner off the roster of a site' })
  @ApiNoContentResponse()
  remove(
    @Param('id', { schema: Id }) siteId: string,
    @Param('learnerId', { schema: Id }) learnerId: string,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.roster.remove(siteId, learnerId, caller);
  }
}
