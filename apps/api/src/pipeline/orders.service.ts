import { type ChangePipeline, jobOfKind, queueIdOf } from '#libs/contracts';
import { appendAudit, Edition, type OpenJob, openJobs } from '#libs/database';
import { type Deed, DomainError, type Plain } from '#libs/domain';
import { JobSender } from '#libs/queue';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { LectureAccess } from '../http/lecture-access.js';
import { beginEncode, reopenEdition, reopenJobs, setHousePaused, treatEdition } from './orders.queries.js';
import { findEdition } from './pipeline.queries.js';

/** Who may put a lecture before everybody else's: whoever answers for everybody. */
export const HURRIERS = ['admin', 'librarian'] as const;

/** What people tell the pipeline to do. Rows first, each with its entry in the audit log, then a worker is woken. */
@Injectable()
export class OrdersService {
  private readonly logger = new Logger('Pipeline');

  constructor(
    private readonly database: DataSource,
    private readonly lectures: LectureAccess,
    private readonly authority: Authority,
    private readonly jobs: JobSender,
  ) {}

  /**
   * Lets a failed edition go on where it stopped; parts that passed their check are kept.
   *
   * @throws {DomainError} `original-gone`, `conflict` when it has not failed.
   */
  async retry(caller: Caller, lectureId: string, number: number | undefined): Promise<void> {
    const edition = await this.editionOf(caller, lectureId, number);
    if (edition.state !== 'failed') throw new DomainError('conflict', 'Only what has failed can be tried again.');
    requireOriginal(edition);
    const jobs = await this.database.transaction(async (tx) => {
      const generation = await reopenEdition(tx, edition.id);
      if (generation === undefined) return [];
      const reopened = await reopenJobs(tx, edition.id, generation);
      await audit(tx, caller, 'edition-retried', { editionId: edition.id, generation });
      return reopened;
    });
    void this.wake(jobs);
  }

  /**
   * Makes the edition that viewers get once more from its original, beside what they watch, which changes when the new
   * encode is published.
   *
   * @throws {DomainError} `not-watchable` without a live edition, `original-gone`, `conflict` while it is under way, or
   *   when its first encode has failed, which a retry continues.
   */
  async reEncode(caller: Caller, lectureId: string): Promise<void> {
    await this.lectures.requireLibrarian(caller, lectureId);
    const edition = await this.database.manager.findOneBy(Edition, { lectureId, live: true });
    if (!edition) throw new DomainError('not-watchable', 'There is nothing yet that could be encoded again.');
    requireOriginal(edition);
    const job = await this.database.transaction(async (tx) => {
      const begun = await beginEncode(tx, edition.id);
      if (begun) await audit(tx, caller, 'edition-re-encoded', { editionId: edition.id, generation: begun.generation });
      return begun;
    });
    if (!job) throw new DomainError('conflict', 'This edition is being encoded, or its encode can be tried again.');
    void this.wake([job]);
  }

  /**
   * Changes the turn of an edition, or lets it rest. What is running ends; nothing new of it begins.
   *
   * @throws {DomainError} `conflict` unless it is under way; `forbidden` to be put before everybody else's by somebody
   *   who does not answer for everybody.
   */
  async change(caller: Caller, lectureId: string, number: number | undefined, change: ChangePipeline): Promise<void> {
    const edition = await this.editionOf(caller, lectureId, number);
    if ((change.priority ?? 0) > 0 && !(await this.authority.isOverAll(caller, HURRIERS))) {
      throw new DomainError('forbidden', 'Only staff of the root unit put a lecture before everybody else’s.');
    }
    await this.database.transaction(async (tx) => {
      if (!(await treatEdition(tx, edition.id, change))) {
        throw new DomainError('conflict', 'This edition is not under way.');
      }
      const { priority = null, paused = null } = change;
      await audit(tx, caller, 'edition-changed', { editionId: edition.id, priority, paused });
    });
    void this.wakeOpen(edition.id);
  }

  /** Pauses or resumes all work. @throws {DomainError} `forbidden` unless the caller is an admin of the root. */
  async switchAll(caller: Caller, paused: boolean): Promise<void> {
    if (!(await this.authority.isOverAll(caller, ['admin']))) {
      throw new DomainError('forbidden', 'Only an admin of the root unit pauses the whole pipeline.');
    }
    await this.database.transaction(async (tx) => {
      await setHousePaused(tx, paused);
      await audit(tx, caller, paused ? 'pipeline-paused' : 'pipeline-resumed', {});
    });
    if (!paused) void this.wakeOpen(null);
  }

  private async editionOf(caller: Caller, lectureId: string, number: number | undefined): Promise<Edition> {
    await this.lectures.requireLibrarian(caller, lectureId);
    const edition = await findEdition(this.database.manager, lectureId, number);
    if (!edition) throw new DomainError('not-found', 'Nothing like this has been uploaded for the lecture yet.');
    return edition;
  }

  private async wakeOpen(editionId: string | null): Promise<void> {
    try {
      await this.wake(await openJobs(this.database.manager, editionId ? { editionId } : {}));
    } catch (error) {
      this.logger.warn(`What may go on is found by the reconciler: ${String(error)}`);
    }
  }

  /** Nobody waits for this: the rows are the truth, and should the queue be away, the reconciler wakes a worker later. */
  private async wake(jobs: readonly OpenJob[]): Promise<void> {
    try {
      for (const job of jobs) {
        await this.jobs.ensure(jobOfKind[job.kind], queueIdOf(job), { jobId: job.id });
      }
    } catch (error) {
      this.logger.warn(`The queue did not take a job: ${String(error)}`);
    }
  }
}

const audit = (tx: EntityManager, caller: Caller, deed: Deed, facts: Record<string, Plain>): Promise<void> =>
  appendAudit(tx, { by: actorOf(caller), deed, facts });

function requireOriginal({ sourceKept }: Edition): void {
  if (!sourceKept) throw new DomainError('original-gone', 'The original of this lecture is no longer kept.');
}
