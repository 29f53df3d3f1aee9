import {
  LearnerExplanation,
  LearnerExplanationQuery,
  LearnerRecord,
  LearnerRecordQuery,
  LectureRecord,
  LectureRecordQuery,
  SiteParts,
  SitePartsQuery,
  SiteRecord,
  SiteRecordQuery,
  UnitRecord,
  UnitRecordQuery,
} from '#libs/contracts';
import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { csvFile } from '../http/csv.js';
import { Id } from '../http/id.js';
import { type Language, LanguageOf } from '../http/language.js';
import { ExplanationService } from './explanation.service.js';
import { LearnerRecordService } from './learner-record.service.js';
import { LectureRecordService } from './lecture-record.service.js';
import { SitePartsService } from './site-parts.service.js';
import { SiteRecordService } from './site-record.service.js';
import { UnitRecordService } from './unit-record.service.js';

@ApiTags('Records')
@Controller()
export class RecordsController {
  constructor(
    private readonly learners: LearnerRecordService,
    private readonly explanations: ExplanationService,
    private readonly sites: SiteRecordService,
    private readonly siteParts: SitePartsService,
    private readonly lectures: LectureRecordService,
    private readonly units: UnitRecordService,
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

  @Get('learners/:id/record/:editionId')
  @ApiOperation({ summary: 'Tells from which sessions and spans the numbers of one edition in a record come' })
  @ApiOkResponse({ standardSchema: LearnerExplanation })
  explain(
    @Param('id', { schema: Id }) id: string,
    @Param('editionId', { schema: Id }) editionId: string,
    @Query({ schema: LearnerExplanationQuery }) query: LearnerExplanationQuery,
    @CallerOf() caller: Caller,
  ): Promise<LearnerExplanation> {
    return this.explanations.explain(id, editionId, query, caller);
  }

  @Get('sites/:id/record')
  @ApiOperation({
    summary: 'Tells what was watched at a site, by whom and how sure we are; with format=csv as a table',
  })
  @ApiOkResponse({ standardSchema: SiteRecord })
  async ofSite(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: SiteRecordQuery }) query: SiteRecordQuery,
    @CallerOf() caller: Caller,
    @LanguageOf() language: Language,
  ): Promise<SiteRecord | StreamableFile> {
    return query.format === 'csv'
      ? csvFile('record', await this.sites.table(id, query, caller, language))
      : this.sites.read(id, query, caller);
  }

  @Get('sites/:id/record/parts')
  @ApiOperation({
    summary: 'Takes what was watched at a site apart by lecture, category or day; with format=csv as a table',
  })
  @ApiOkResponse({ standardSchema: SiteParts })
  async partsOfSite(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: SitePartsQuery }) query: SitePartsQuery,
    @CallerOf() caller: Caller,
    @LanguageOf() language: Language,
  ): Promise<SiteParts | StreamableFile> {
    return query.format === 'csv'
      ? csvFile('record', await this.siteParts.table(id, query, caller, language))
      : this.siteParts.read(id, query, caller, language);
  }

  @Get('lectures/:id/record')
  @ApiOperation({ summary: 'Tells who watched a lecture, and where; with format=csv as a table' })
  @ApiOkResponse({ standardSchema: LectureRecord })
  async ofLecture(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: LectureRecordQuery }) query: LectureRecordQuery,
    @CallerOf() caller: Caller,
    @LanguageOf() language: Language,
  ): Promise<LectureRecord | StreamableFile> {
    return query.format === 'csv'
      ? csvFile('record', await this.lectures.table(id, caller, language))
      : this.lectures.read(id, query, caller);
  }

  @Get('units/:id/record')
  @ApiOperation({
    summary: 'Tells what was watched below a unit, by unit, site, lecture, category or day; with format=csv as a table',
  })
  @ApiOkResponse({ standardSchema: UnitRecord })
  async ofUnit(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: UnitRecordQuery }) query: UnitRecordQuery,
    @CallerOf() caller: Caller,
    @LanguageOf() language: Language,
  ): Promise<UnitRecord | StreamableFile> {
    return query.format === 'csv'
      ? csvFile('record', await this.units.table(id, query, caller, language))
      : this.units.read(id, query, caller, language);
  }
}
