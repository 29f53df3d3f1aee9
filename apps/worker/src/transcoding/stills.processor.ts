import { TakeStills } from '#libs/contracts';
import { Ffmpeg, takeStills } from '#libs/media';
import { BlobStore } from '#libs/storage';
import { Processor } from '@nestjs/bullmq';
import { EditionJob } from '../jobs/edition-job.js';
import { JobRunner, type Outcome, type Work } from '../jobs/job-runner.js';
import { storeStills } from './blobs.js';
import { inScratch } from './source.js';
import { publishWhenLast, writeStills } from './transcoding.queries.js';

/** Takes the poster and the thumbnails of an edition. */
@Processor(TakeStills.queue)
export class StillsProcessor extends EditionJob {
  protected readonly definition = TakeStills;

  constructor(
    runner: JobRunner,
    private readonly ffmpeg: Ffmpeg,
    private readonly store: BlobStore,
  ) {
    super(runner);
  }

  protected override work(work: Work): Promise<Outcome> {
    const { job, edition } = work;
    return inScratch(this.store, work, async (encode) => {
      const { stills, cpuMs } = await takeStills(this.ffmpeg, encode);
      await storeStills(this.store, edition.id, stills);
      return {
        cpuMs,
        bytes: stills.reduce((sum, { bytes }) => sum + bytes, 0),
        write: async (tx) => {
          await writeStills(tx, edition.id, stills);
          await publishWhenLast(tx, edition, job);
        },
      };
    });
  }
}
