import type { JobRef } from '#libs/contracts';
import { JobHandler } from '#libs/queue';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { JobRunner, type Outcome, type Work } from './job-runner.js';

/** A kind of job on editions: the queue wakes it, the runner takes the row whose turn it is, and runs it under its fence. */
@Injectable()
export abstract class EditionJob extends JobHandler<typeof JobRef> implements OnModuleDestroy {
  constructor(private readonly runner: JobRunner) {
    super();
  }

  /** Takes no message any more, the first thing in a shutdown: what this worker does not begin, another should hear of. */
  async onModuleDestroy(): Promise<void> {
    await this.worker.pause(true);
  }

  /** Does the work; what it writes goes into the transaction that ends the job. */
  protected abstract work(work: Work): Promise<Outcome>;

  protected handle(ref: JobRef): Promise<void> {
    return this.runner.run(ref, (work) => this.work(work));
  }
}
