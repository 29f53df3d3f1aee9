import { EncodeAudio } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { encodeAudio, Ffmpeg } from '#libs/media';
import { BlobStore } from '#libs/storage';
import { Processor } from '@nestjs/bullmq';
import { EditionJob } from '../jobs/edition-job.js';
import { JobRunner, type Outcome, type Work } from '../jobs/job-runner.js';
import { storeRenditions } from './blobs.js';
import { inScratch } from './source.js';
import { publishWhenLast, writeRenditions } from './transcoding.queries.js';

/** Encodes the sound of an edition once, for all its renditions. */
@Processor(EncodeAudio.queue)
export class AudioProcessor extends EditionJob {
  protected readonly definition = EncodeAudio;

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
      const { audio } = encode.facts;
      if (!audio) throw new DomainError('encode-failed', 'There is no sound to encode.');
      const { renditions, cpuMs } = await encodeAudio(this.ffmpeg, audio, encode);
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
