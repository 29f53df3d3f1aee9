import { EncodeChunk } from '#libs/contracts';
import { encodeChunk, Ffmpeg } from '#libs/media';
import { BlobStore } from '#libs/storage';
import { Processor } from '@nestjs/bullmq';
import { EditionJob } from '../jobs/edition-job.js';
import { JobRunner, type Outcome, type Work } from '../jobs/job-runner.js';
import { addJobs } from '../jobs/jobs.queries.js';
import { bytesOf, storeRenditions } from './blobs.js';
import { publishEarly } from './publish-early.js';
import { inScratch } from './source.js';
import { publishWhenLast, writePieces } from './transcoding.queries.js';

/** Encodes one chunk in all renditions with a single decode; viewers get the first one piece by piece. */
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
      const onPieces = job.chunkIndex === 0 ? publishEarly(this.store, work, encode.facts) : undefined;
      const { renditions, cpuMs } = await encodeChunk(this.ffmpeg, chunk, { ...encode, onPieces });
      if (!onPieces) await storeRenditions(this.store, edition.id, renditions);
      return {
        cpuMs,
        bytes: bytesOf(renditions),
        write: async (tx) => {
          await writePieces(tx, edition, renditions, encode.facts);
          // Finding one's way can wait until there is something to watch.
          if (job.chunkIndex === 0) await addJobs(tx, edition, [{ kind: 'stills' }]);
          await publishWhenLast(tx, edition, job);
        },
      };
    });
  }
}
