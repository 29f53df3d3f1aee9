import type { PipelineQuery, PipelineView } from '#libs/contracts';
import type { Edition } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { csv } from '../http/csv.js';
import { LectureAccess } from '../http/lecture-access.js';
import type { Language } from '../http/language.js';
import { failureOf, jobView } from './job-view.js';
import { HURRIERS } from './orders.service.js';
import {
  editionsOf,
  findEdition,
  isHousePaused,
  jobsOf,
  renditionSizes,
  watchableSegments,
} from './pipeline.queries.js';
import { jobHeadings, jobLine, renditionHeadings, renditionLine } from './pipeline.tables.js';

/** How an edition of a lecture is made. */
@Injectable()
export class PipelineService {
  constructor(
    private readonly database: DataSource,
    private readonly lectures: LectureAccess,
    private readonly authority: Authority,
  ) {}

  /** @throws {DomainError} `not-found` when there is no such edition. */
  async view(caller: Caller, lectureId: string, number: number | undefined, language: Language): Promise<PipelineView> {
    await this.lectures.requireLibrarian(caller, lectureId);
    const db = this.database.manager;
    const edition = await findEdition(db, lectureId, number);
    if (!edition) throw new DomainError('not-found', 'Nothing like this has been uploaded for the lecture yet.');
    const segments = await this.watchableSegments(edition);
    return {
      ...factsOf(edition),
      ...failureOf(edition, language),
      editions: await editionsOf(db, lectureId),
      housePaused: await isHousePaused(db),
      mayHurry: await this.authority.isOverAll(caller, HURRIERS),
      jobs: (await jobsOf(db, edition)).map((row) => jobView(row, segments, language)),
      renditions: await renditionSizes(db, edition),
    };
  }

  async table(caller: Caller, lectureId: string, query: PipelineQuery, language: Language) {
    const { jobs, renditions } = await this.view(caller, lectureId, query.edition, language);
    return query.table === 'jobs'
      ? csv(jobHeadings, [jobs.map((job) => jobLine(job, language))], language)
      : csv(renditionHeadings, [renditions.map((rendition) => renditionLine(rendition, language))], language);
  }

  /** Of the encode whose jobs are shown: viewers of an earlier one do not watch its parts. */
  private watchableSegments({ id, live, encode, shownEncode }: Edition): Promise<number> {
    return live && shownEncode === encode ? watchableSegments(this.database.manager, id, encode) : Promise.resolve(0);
  }
}

const factsOf = (edition: Edition) => ({
  editionId: edition.id,
  number: edition.number,
  state: edition.state,
  live: edition.live,
  encode: edition.encode,
  shownEncode: edition.shownEncode,
  progress: edition.progress,
  priority: edition.priority,
  paused: edition.paused,
  sourceName: edition.sourceName,
  sourceBytes: Number(edition.sourceBytes),
  sourceKept: edition.sourceKept,
});
