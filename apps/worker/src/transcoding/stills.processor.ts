import { TakeStills } from '#libs/contracts';
import { Ffmpeg, takeStills } from '#libs/media';
import { JobHandler } from '#libs/queue';
import { BlobStore } from '#libs/storage';
import { Processor } from '@nestjs/bullmq';
import type { z } from 'zod';
import { JobRunner, type Outcome, type Work } from '../jobs/job-runner.js';
import { storeStills } from './blobs.js';
import { inScratch } from './source.js';
import { publishWhenLast, writeStills } from './transcoding.queries.js';

type Payload = typeof TakeStills.payload;

/** Takes the poster and the thumbnails of an edition. */
@Processor(TakeStills.queue)
export class StillsProcessor extends JobHandler<Payload> {
  protected readonly definition = TakeStills;

  constructor(
    private readonly runner: JobRunner,
    private readonly ffmpeg: Ffmpeg,
    private readonly store: BlobStore,
  ) {
    super();
  }

  protected handle(ref: z.output<Payload>): Promise<void> {
    return this.runner.run(ref, (work) => this.take(work));
  }

  private take(work: Work): Promise<Outcome> {
    const { job, edition } = work;
    return inScratch(this.store, work, async (encode) => {
      const { stills, cpuMs } = await takeStills(this.ffmpeg, encode);
      await storeStills(this.store, edition.id, stills);
      return {
        cpuMs,
        write: async (tx) => {
          await writeStills(tx, edition.id, stills);
          await publishWhenLast(tx, edition, job);
        },
      };
    });
  }
}
