import { EncodeChunk } from '#libs/contracts';
import { encodeChunk, Ffmpeg } from '#libs/media';
import { BlobStore } from '#libs/storage';
import { Processor } from '@nestjs/bullmq';
import { EditionJob } from '../jobs/edition-job.js';
import { JobRunner, type Outcome, type Work } from '../jobs/job-runner.js';
import { storeRenditions } from './blobs.js';
import { inScratch } from './source.js';
import { publishWhenLast, writeRenditions } from './transcoding.queries.js';

/** Encodes one chunk in all renditions with a single decode. */
@Processor(EncodeChunk.queue)
export class ChunkProcessor extends EditionJob {
  protected readonly definition = EncodeChunk;

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
      const chunk = { index: job.chunkIndex, fromMs: job.fromMs ?? 0, toMs: job.toMs ?? 0 };
      const { renditions, cpuMs } = await encodeChunk(this.ffmpeg, chunk, encode);
      await storeRenditions(this.store, edition.id, renditions);
      return {
        cpuMs,
        write: async (tx) => {
          await writeRenditions(tx, job, renditions, encode.facts);
          await publishWhenLast(tx, edition, job);
        },
      };
    });
  }
}
