import { EncodeAudio } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { encodeAudio, Ffmpeg } from '#libs/media';
import { BlobStore } from '#libs/storage';
import { Processor } from '@nestjs/bullmq';
import { EditionJob } from '../jobs/edition-job.js';
import { JobRunner, type Outcome, type Work } from '../jobs/job-runner.js';
import { bytesOf } from './blobs.js';
import { keepPieces } from './keep-pieces.js';
import { inScratch } from './source.js';
import { publishWhenLast } from './transcoding.queries.js';

/** Encodes the sound of an edition once, for all its renditions; viewers get it as it grows. */
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
      const onPieces = keepPieces(this.store, work, encode.facts);
      const { renditions, cpuMs } = await encodeAudio(this.ffmpeg, audio, { ...encode, onPieces });
      return { cpuMs, bytes: bytesOf(renditions), write: (tx) => publishWhenLast(tx, edition, job) };
    });
  }
}
