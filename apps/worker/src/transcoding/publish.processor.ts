import { PublishEdition } from '#libs/contracts';
import { Processor } from '@nestjs/bullmq';
import { EditionJob } from '../jobs/edition-job.js';
import type { Outcome, Work } from '../jobs/job-runner.js';
import { makeLive } from './transcoding.queries.js';

/** Makes an edition live, in one transaction, when every piece of it has been verified and stored. */
@Processor(PublishEdition.queue)
export class PublishProcessor extends EditionJob {
  protected readonly definition = PublishEdition;

  protected override work({ edition }: Work): Promise<Outcome> {
    return Promise.resolve({ cpuMs: 0, write: (tx) => makeLive(tx, edition) });
  }
}
