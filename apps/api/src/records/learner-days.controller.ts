import { LearnerDay, LearnerDays, LearnerDaysQuery } from '#libs/contracts';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { LearnerDaysService } from './learner-days.service.js';

const Day = z.iso.date();

@ApiTags('Records')
@Controller('learners/:id/days')
export class LearnerDaysController {
  constructor(private readonly days: LearnerDaysService) {}

  @Get()
  @ApiOperation({ summary: 'Tells from which days the minutes and the credit of a learner come' })
  @ApiOkResponse({ standardSchema: LearnerDays })
  list(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: LearnerDaysQuery }) query: LearnerDaysQuery,
    @CallerOf() caller: Caller,
  ): Promise<LearnerDays> {
    return this.days.list(id, query, caller);
  }

  @Get(':day')
  @ApiOperation({ summary: 'Tells from which sessions the minutes of a learner on one day come' })
  @ApiOkResponse({ standardSchema: LearnerDay })
  read(
    @Param('id', { schema: Id }) id: string,
    @Param('day', { schema: Day }) day: string,
    @Query({ schema: LearnerDaysQuery }) query: LearnerDaysQuery,
    @CallerOf() caller: Caller,
  ): Promise<LearnerDay> {
    return this.days.read(id, day, query, caller);
  }
}
