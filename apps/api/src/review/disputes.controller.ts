import {
  AnswerDispute,
  type DisputeItem,
  DisputePage,
  DisputeQuery,
  DisputeView,
  type Page,
  RaiseDispute,
} from '#libs/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { DisputesService } from './disputes.service.js';

@ApiTags('Review')
@Controller()
export class DisputesController {
  constructor(private readonly disputes: DisputesService) {}

  @Post('learners/:id/disputes')
  @ApiOperation({ summary: 'Says that what stands of a session in one’s own record is not right; changes no number' })
  @ApiCreatedResponse({ standardSchema: DisputeView })
  raise(
    @Param('id', { schema: Id }) learnerId: string,
    @Body({ schema: RaiseDispute }) dispute: RaiseDispute,
    @CallerOf() caller: Caller,
  ): Promise<DisputeView> {
    return this.disputes.raise(learnerId, dispute, caller);
  }

  @Get('disputes')
  @ApiOperation({ summary: 'Lists what learners dispute at the sites in reach, the oldest first' })
  @ApiOkResponse({ standardSchema: DisputePage })
  list(@Query({ schema: DisputeQuery }) query: DisputeQuery, @CallerOf() caller: Caller): Promise<Page<DisputeItem>> {
    return this.disputes.list(query, caller);
  }

  @Post('disputes/:id/answer')
  @HttpCode(200)
  @ApiOperation({ summary: 'Answers a dispute in words, which the learner sees' })
  @ApiOkResponse({ standardSchema: DisputeView })
  answer(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AnswerDispute }) answer: AnswerDispute,
    @CallerOf() caller: Caller,
  ): Promise<DisputeView> {
    return this.disputes.answer(id, answer, caller);
  }
}
