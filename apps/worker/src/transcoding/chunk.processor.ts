import { EncodeChunk } from '#libs/contracts';
import { encodeChunk, Ffmpeg } from '#libs/media';
import { JobHandler } from '#libs/queue';
import { BlobStore } from '#libs/storage';
import { Processor } from '@nestjs/bullmq';
import type { z } from 'zod';
import { JobRunner, type Outcome, type Work } from '../jobs/job-runner.js';
import { storeRenditions } from './blobs.js';
import { inScratch } from './source.js';
import { publishWhenLast, writeRenditions } from './transcoding.queries.js';

type Payload = typeof EncodeChunk.payload;

/** Encodes one chunk in all renditions with a single decode. */
@Processor(EncodeChunk.queue)
export class ChunkProcessor extends JobHandler<Payload> {
  protected readonly definition = EncodeChunk;

  constructor(
    private readonly runner: JobRunner,
    private readonly ffmpeg: Ffmpeg,
    private readonly store: BlobStore,
  ) {
    super();
  }

  protected handle(ref: z.output<Payload>): Promise<void> {
    return this.runner.run(ref, (work) => this.encode(work));
  }

  private encode(work: Work): Promise<Outcome> {
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
