import { PublishEdition } from '#libs/contracts';
import { JobHandler } from '#libs/queue';
import { Processor } from '@nestjs/bullmq';
import type { z } from 'zod';
import { JobRunner } from '../jobs/job-runner.js';
import { makeLive } from './transcoding.queries.js';

type Payload = typeof PublishEdition.payload;

/** Makes an edition live, in one transaction, when every piece of it has been verified and stored. */
@Processor(PublishEdition.queue)
export class PublishProcessor extends JobHandler<Payload> {
  protected readonly definition = PublishEdition;

  constructor(private readonly runner: JobRunner) {
    super();
  }

  protected handle(ref: z.output<Payload>): Promise<void> {
    return this.runner.run(ref, ({ edition }) => Promise.resolve({ cpuMs: 0, write: (tx) => makeLive(tx, edition) }));
  }
}
