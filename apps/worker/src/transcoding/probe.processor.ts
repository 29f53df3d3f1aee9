import { ProbeEdition } from '#libs/contracts';
import { acceptSource, chunkPlan, ladder, sourceDurationMs } from '#libs/domain';
import { Ffmpeg, probeSource } from '#libs/media';
import { BlobStore } from '#libs/storage';
import { Processor } from '@nestjs/bullmq';
import { EditionJob } from '../jobs/edition-job.js';
import { JobRunner, type Outcome, type Work } from '../jobs/job-runner.js';
import { withOriginal } from './source.js';
import { writePlan } from './transcoding.queries.js';

/** Looks into an upload, refuses or accepts it, and plans what is to be encoded. */
@Processor(ProbeEdition.queue)
export class ProbeProcessor extends EditionJob {
  protected readonly definition = ProbeEdition;

  constructor(
    runner: JobRunner,
    private readonly ffmpeg: Ffmpeg,
    private readonly store: BlobStore,
  ) {
    super(runner);
  }

  protected override async work(work: Work): Promise<Outcome> {
    const { edition, signal } = work;
    const facts = await withOriginal(this.store, work, (source) => probeSource(this.ffmpeg, source, signal));
    acceptSource(facts);
    const chunks = chunkPlan(sourceDurationMs(facts), facts.video.seekPointsMs).map(({ index, fromMs, toMs }) => ({
      ...{ kind: 'chunk' as const, chunkIndex: index, fromMs, toMs },
    }));
    const audio = facts.audio ? [{ kind: 'audio' as const }] : [];
    return {
      ...{ cpuMs: 0, bytes: 0 },
      write: (tx) => writePlan(tx, edition, { facts, rungs: ladder(facts.video), jobs: [...chunks, ...audio] }),
    };
  }
}
