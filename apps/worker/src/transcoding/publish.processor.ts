import { PublishEdition } from '#libs/contracts';
import { completeLengthMs } from '#libs/domain';
import { Processor } from '@nestjs/bullmq';
import { DataSource } from 'typeorm';
import { EditionJob } from '../jobs/edition-job.js';
import { JobRunner, type Outcome, type Work } from '../jobs/job-runner.js';
import { factsOf, rungsOf } from './source.js';
import { lengthsOf, publish } from './transcoding.queries.js';

/** Makes an edition ready, in one transaction, when nothing of it is missing. */
@Processor(PublishEdition.queue)
export class PublishProcessor extends EditionJob {
  protected readonly definition = PublishEdition;

  constructor(
    runner: JobRunner,
    private readonly database: DataSource,
  ) {
    super(runner);
  }

  protected override async work({ edition }: Work): Promise<Outcome> {
    const lengths = await lengthsOf(this.database.manager, edition);
    const durationMs = completeLengthMs(factsOf(edition), rungsOf(edition), lengths);
    return { cpuMs: 0, bytes: 0, write: (tx) => publish(tx, edition, durationMs) };
  }
}
