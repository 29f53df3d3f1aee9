import { jobOfKind, type PipelineView, queueIdOf } from '#libs/contracts';
import { Edition } from '#libs/database';
import { DomainError, errorCodes } from '#libs/domain';
import { JobSender } from '#libs/queue';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { LectureAccess } from '../http/lecture-access.js';
import type { Language } from '../http/problem.js';
import { problemTexts } from '../http/problem.texts.js';
import { jobsOf, renditionSizes, reopenEdition, reopenJobs } from './pipeline.queries.js';

/** What becomes of a lecture's newest edition. */
@Injectable()
export class PipelineService {
  private readonly logger = new Logger('Pipeline');

  constructor(
    private readonly database: DataSource,
    private readonly lectures: LectureAccess,
    private readonly jobs: JobSender,
  ) {}

  async view(caller: Caller, lectureId: string, language: Language): Promise<PipelineView> {
    const edition = await this.newestEdition(caller, lectureId);
    const jobs = await jobsOf(this.database.manager, edition.id);
    return {
      editionId: edition.id,
      number: edition.number,
      state: edition.state,
      progress: edition.progress,
      sourceName: edition.sourceName,
      sourceBytes: Number(edition.sourceBytes),
      ...failureOf(edition, language),
      jobs: jobs.map(({ kind, chunkIndex, state, attempts, progress, cpuMs }) => ({
        kind,
        chunkIndex,
        state,
        attempts,
        progress,
        cpuMs,
      })),
      renditions: await renditionSizes(this.database.manager, edition.id),
    };
  }

  /**
   * Lets a failed edition be made once more from its original; chunks that passed their check are kept.
   *
   * @throws {DomainError} `original-gone`, `conflict` when it has not failed.
   */
  async retry(caller: Caller, lectureId: string): Promise<void> {
    const edition = await this.newestEdition(caller, lectureId);
    if (edition.state !== 'failed') throw new DomainError('conflict', 'Only what has failed can be tried again.');
    if (!edition.sourceKept) throw new DomainError('original-gone', 'The original of this lecture is no longer kept.');
    const jobs = await this.database.transaction(async (tx) => {
      const generation = await reopenEdition(tx, edition.id);
      return generation === undefined ? [] : reopenJobs(tx, edition.id, generation);
    });
    for (const job of jobs) void this.wake(job);
  }

  /** Nobody waits for this: the rows are the truth, and should the queue be away, the reconciler wakes a worker later. */
  private async wake(job: Awaited<ReturnType<typeof reopenJobs>>[number]): Promise<void> {
    const ref = { jobId: job.id, generation: job.generation };
    await this.jobs.send(jobOfKind[job.kind], queueIdOf(job), ref).catch((error: unknown) => {
      this.logger.warn(`The queue did not take job ${job.id}: ${String(error)}`);
    });
  }

  private async newestEdition(caller: Caller, lectureId: string): Promise<Edition> {
    await this.lectures.requireLibrarian(caller, lectureId);
    const edition = await this.database.manager.findOne(Edition, { where: { lectureId }, order: { number: 'DESC' } });
    if (!edition) throw new DomainError('not-found', 'Nothing has been uploaded for this lecture yet.');
    return edition;
  }
}

function failureOf({ failureCode, failureDetail }: Edition, language: Language): Pick<PipelineView, 'failure'> {
  const code = errorCodes.find((known) => known === failureCode);
  return code ? { failure: { code, title: problemTexts[code][language], detail: failureDetail ?? '' } } : {};
}
