import {
  LearnerRecord,
  LearnerRecordQuery,
  LectureRecord,
  LectureRecordQuery,
  SiteRecord,
  SiteRecordQuery,
} from '#libs/contracts';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { LearnerRecordService } from './learner-record.service.js';
import { LectureRecordService } from './lecture-record.service.js';
import { SiteRecordService } from './site-record.service.js';

@ApiTags('Records')
@Controller()
export class RecordsController {
  constructor(
    private readonly learners: LearnerRecordService,
    private readonly sites: SiteRecordService,
    private readonly lectures: LectureRecordService,
  ) {}

  @Get('learners/:id/record')
  @ApiOperation({ summary: 'Tells what a learner has watched: what counted, what did not, and why' })
  @ApiOkResponse({ standardSchema: LearnerRecord })
  ofLearner(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: LearnerRecordQuery }) query: LearnerRecordQuery,
    @CallerOf() caller: Caller,
  ): Promise<LearnerRecord> {
    return this.learners.read(id, query, caller);
  }

  @Get('sites/:id/record')
  @ApiOperation({
    summary: 'Tells what was watched at a site, by whom and how sure we are; with format=csv as a table',
  })
  @ApiOkResponse({ standardSchema: SiteRecord })
  ofSite(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: SiteRecordQuery }) query: SiteRecordQuery,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SiteRecord | string> {
    return query.format === 'csv'
      ? table(reply, this.sites.table(id, query, caller))
      : this.sites.read(id, query, caller);
  }

  @Get('lectures/:id/record')
  @ApiOperation({ summary: 'Tells who watched a lecture, and where; with format=csv as a table' })
  @ApiOkResponse({ standardSchema: LectureRecord })
  ofLecture(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: LectureRecordQuery }) query: LectureRecordQuery,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LectureRecord | string> {
    return query.format === 'csv'
      ? table(reply, this.lectures.table(id, caller))
      : this.lectures.read(id, query, caller);
  }
}

async function table(reply: FastifyReply, text: Promise<string>): Promise<string> {
  const written = await text;
  void reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="record.csv"');
  return written;
}
