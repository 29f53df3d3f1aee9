import { jobOfKind, queueIdOf } from '#libs/contracts';
import { type OpenJob, openJobs } from '#libs/database';
import { JobSender } from '#libs/queue';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { failedAt } from './jobs.queries.js';

const EVERY_MS = 60_000;
/** How long another worker has to hear of a job that failed here. */
const OTHERS_MS = 5_000;

/** Queues what the rows say is open: at once after a change, and once a minute whatever was lost. */
@Injectable()
export class Waker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Waker');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly sender: JobSender,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.reconcile();
    this.timer = setInterval(() => void this.reconcile(), EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Wakes workers for the jobs that an edition got since a time. */
  async wake(editionId: string, since: Date): Promise<void> {
    for (const job of await openJobs(this.database.manager, { editionId, since })) await this.send(job);
  }

  /** Wakes a worker for a job that may not start before a while. */
  async wakeLater(job: OpenJob, delayMs: number): Promise<void> {
    await this.send(job, delayMs);
  }

  /** Whoever may not take a job because it failed there hands its message on. */
  async leaveToOthers(jobId: string, workerId: string): Promise<void> {
    const job = await failedAt(this.database.manager, jobId, workerId);
    if (job) await this.sender.ensure(jobOfKind[job.kind], `${queueIdOf(job)}-${Date.now()}`, { jobId }, OTHERS_MS);
  }

  private async reconcile(): Promise<void> {
    try {
      for (const job of await openJobs(this.database.manager)) await this.send(job);
    } catch (error) {
      this.logger.error('The queue could not be reconciled; the next minute tries again.', error);
    }
  }

  private send(job: OpenJob, delayMs = 0): Promise<void> {
    return this.sender.ensure(jobOfKind[job.kind], queueIdOf(job), { jobId: job.id }, delayMs);
  }
}
