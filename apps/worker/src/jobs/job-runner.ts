import type { JobRef } from '#libs/contracts';
import type { Edition, Job } from '#libs/database';
import { DomainError } from '#libs/domain';
import { withoutNul } from '#libs/queue';
import { BlobStore, editionFolder, sourceKey } from '#libs/storage';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  beat,
  claim,
  type Failure,
  holdFence,
  isRefusal,
  markDone,
  markFailed,
  postpone,
  tellProgress,
} from './jobs.queries.js';
import { WorkerIdentity } from '../attendance/worker-identity.js';
import { afterFailure } from './after-failure.js';
import { Waker } from './waker.js';

const BEAT_MS = 3_000;
const DETAIL_LENGTH = 2_000;

/** What a job works with. `signal` aborts when the worker must stop or has lost the job. */
export interface Work {
  readonly job: Job;
  readonly edition: Edition;
  readonly signal: AbortSignal;
  /** 0..1; told to the database with the next beat. */
  report(progress: number): void;
  /** Writes before the end, in a transaction of its own under the fence. @throws {DomainError} `stale-worker` */
  readonly save: (write: (tx: EntityManager) => Promise<void>) => Promise<void>;
}

/** What a job leaves: what it cost and stored, and what it writes in the one transaction that also ends it. */
export interface Outcome {
  readonly cpuMs: number;
  readonly bytes: number;
  write(tx: EntityManager): Promise<void>;
}

/** Runs one job under its fence: claim, beat, write the outcome in one transaction, or fail, wait, hand over. */
@Injectable()
export class JobRunner implements BeforeApplicationShutdown {
  private readonly logger = new Logger('JobRunner');
  private readonly running = new Set<AbortController>();
  private readonly ended = new Set<Promise<void>>();
  private stopping = false;

  constructor(
    private readonly database: DataSource,
    private readonly waker: Waker,
    private readonly store: BlobStore,
    private readonly identity: WorkerIdentity,
  ) {}

  /**
   * Asks every job under way to stop and waits until each has handed its row over. Comes before the hooks of the queue,
   * which would wait for these jobs to end by themselves.
   */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const controller of this.running) controller.abort(new Stopped());
    await Promise.allSettled(this.ended);
  }

  run(ref: JobRef, work: (work: Work) => Promise<Outcome>): Promise<void> {
    const end = this.claimAndRun(ref, work);
    this.ended.add(end);
    return end.finally(() => this.ended.delete(end));
  }

  private async claimAndRun(ref: JobRef, work: (work: Work) => Promise<Outcome>) {
    if (this.stopping) return;
    const controller = new AbortController();
    this.running.add(controller);
    try {
      const claimed = await claim(this.database.manager, ref, this.identity.id);
      if (!claimed) {
        await this.waker.leaveToOthers(ref.jobId, this.identity.id);
        return;
      }
      if (claimed.job.lost >= MOST_LOST) await this.fail(claimed.job, deadly(claimed.job));
      else await this.work(claimed.job, claimed.edition, controller, work);
      await this.waker.wake(claimed.job.editionId, claimed.job.startedAt ?? new Date(0));
    } finally {
      this.running.delete(controller);
    }
  }

  private async work(job: Job, edition: Edition, controller: AbortController, work: (work: Work) => Promise<Outcome>) {
    const { signal } = controller;
    const progress = { done: 0 };
    const timer = setInterval(() => void this.beat(job, progress.done, controller), BEAT_MS);
    try {
      signal.throwIfAborted();
      const report = (done: number) => void (progress.done = done);
      const save = (write: (tx: EntityManager) => Promise<void>) => this.fenced(job, write);
      await this.finish(job, await work({ job, edition, signal, report, save }));
    } catch (error) {
      await this.giveUp(job, signal.aborted ? signal.reason : error);
    } finally {
      clearInterval(timer);
    }
  }

  private async beat(job: Job, progress: number, controller: AbortController): Promise<void> {
    try {
      if (!(await beat(this.database.manager, job, progress))) controller.abort(lost());
      await tellProgress(this.database.manager, job.editionId);
    } catch (error) {
      this.logger.warn(`No beat for job ${job.id}: ${String(error)}`);
    }
  }

  private finish(job: Job, outcome: Outcome): Promise<void> {
    return this.fenced(job, async (tx) => {
      await outcome.write(tx);
      await markDone(tx, job, outcome);
      await tellProgress(tx, job.editionId);
    });
  }

  private async giveUp(job: Job, error: unknown): Promise<void> {
    const verdict = error instanceof Stopped ? ({ then: 'hand-over' } as const) : afterFailure(error, job);
    const failure = failureOf(error);
    this.logger.warn(
      `Job ${job.kind} ${job.id}, try ${job.attempts}: ${failure.code} ${failure.detail} (${verdict.then})`,
    );
    switch (verdict.then) {
      case 'nothing':
        return;
      case 'hand-over':
        await this.fenced(job, (tx) => postpone(tx, job, { delayMs: 0, failure: null, spent: false }));
        return;
      case 'fail':
        return this.fail(job, failure);
      case 'wait':
        await this.fenced(job, (tx) => postpone(tx, job, { delayMs: verdict.delayMs, failure, spent: true }));
        await this.waker.wakeLater(job, verdict.delayMs);
    }
  }

  private async fail(job: Job, failure: Failure): Promise<void> {
    const { hidden } = await this.fenced(job, async (tx) => ({ hidden: await markFailed(tx, job, failure) }));
    if (hidden && isRefusal(failure)) await this.removeAllOf(job.editionId);
  }

  private async removeAllOf(editionId: string): Promise<void> {
    await this.store.remove(sourceKey(editionId));
    await this.store.remove(editionFolder(editionId));
  }

  /** @throws {DomainError} `stale-worker` when another holds the job by now: nothing is written. */
  private fenced<T>(job: Job, write: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      if (!(await holdFence(tx, job))) throw lost();
      return write(tx);
    });
  }
}

/** The worker was asked to stop; the job is whole and may run elsewhere at once. */
class Stopped extends Error {}

/** So many workers may go without a word in the middle of one job, as machines do; then it is the job that fells them. */
const MOST_LOST = 10;
const deadly = ({ lost }: Job): Failure => ({ code: 'encode-failed', detail: `${lost} workers have died of it.` });

const lost = () => new DomainError('stale-worker', 'Another worker has taken this job over.');

/** Codes of ours are told; what else went wrong is told as text, bounded and without NUL. */
const failureOf = (error: unknown): Failure => ({
  code: error instanceof DomainError ? error.code : 'internal',
  detail: withoutNul(error instanceof Error ? error.message : String(error)).slice(0, DETAIL_LENGTH),
});
