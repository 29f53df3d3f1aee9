import { EncodeChunk } from '#libs/contracts';
import { encodeChunk, Ffmpeg } from '#libs/media';
import { BlobStore } from '#libs/storage';
import { Processor } from '@nestjs/bullmq';
import { availableParallelism } from 'node:os';
import { EditionJob } from '../jobs/edition-job.js';
import { JobRunner, type Outcome, type Work } from '../jobs/job-runner.js';
import { addJobs } from '../jobs/jobs.queries.js';
import { bytesOf } from './blobs.js';
import { keepPieces } from './keep-pieces.js';
import { inScratch, rungsOf } from './source.js';
import { publishWhenLast } from './transcoding.queries.js';

/** What one encode of all renditions keeps busy. */
const coresPerChunk = 4;

/** Encodes one chunk in all renditions with a single decode; viewers get it piece by piece. */
@Processor(EncodeChunk.queue, { concurrency: Math.max(1, Math.round(availableParallelism() / coresPerChunk)) })
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
      const onPieces = keepPieces(this.store, work, encode.facts);
      const picture = { ...encode, rungs: rungsOf(edition), onPieces };
      const { renditions, cpuMs } = await encodeChunk(this.ffmpeg, chunk, picture);
      return {
        cpuMs,
        bytes: bytesOf(renditions),
        write: async (tx) => {
          // Finding one's way can wait until there is something to watch.
          if (job.chunkIndex === 0) await addJobs(tx, edition, [{ kind: 'stills' }]);
          await publishWhenLast(tx, edition, job);
        },
      };
    });
  }
}
