import { databaseOptions, Edition, Job, Segment } from '#libs/database';
import { type AcceptedFacts, acceptSource, chunkPlan, type Rung, sourceDurationMs } from '#libs/domain';
import { Ffmpeg, probeSource } from '#libs/media';
import { QueueModule } from '#libs/queue';
import { blobKey, type BlobStore, createStore, sha256Of, SOURCES } from '#libs/storage';
import { type DynamicModule, type INestApplicationContext, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { reopenEdition, reopenJobs } from '../../apps/api/src/pipeline/orders.queries.js';
import { addJobs, type NewJob } from '../../apps/worker/src/jobs/jobs.queries.js';
import { Waker } from '../../apps/worker/src/jobs/waker.js';
import { TranscodingModule } from '../../apps/worker/src/transcoding/transcoding.module.js';
import { writePlan } from '../../apps/worker/src/transcoding/transcoding.queries.js';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { testConfig } from './config.js';
import { eventually } from './eventually.js';
import { seedCountry } from './people.js';

/** A worker that encodes and does nothing else. */
@Module({})
class Encoder {
  static with(ffmpeg: Ffmpeg, config: Parameters<typeof WorkerModule.for>[0]): DynamicModule {
    const pipeline = TranscodingModule.for(config, ffmpeg);
    return {
      module: Encoder,
      imports: [TypeOrmModule.forRoot(databaseOptions(config)), QueueModule.for(config), pipeline],
    };
  }
}

/** A worker on a store of its own, and lectures sent to it. */
export class Studio {
  private number = 0;

  private constructor(
    readonly worker: INestApplicationContext,
    readonly store: BlobStore,
    private readonly root: string,
    private readonly lectureId: string,
  ) {}

  /** @param ffmpeg left out: the worker is whole, and confines its programs as this machine can. */
  static async open(environment: Record<string, string> = {}, ffmpeg?: Ffmpeg): Promise<Studio> {
    const config = await testConfig(environment);
    Logger.overrideLogger(false);
    const module = ffmpeg ? Encoder.with(ffmpeg, config) : WorkerModule.for(config);
    const worker = await NestFactory.createApplicationContext(module);
    const { lecture } = await seedCountry(worker.get(DataSource));
    return new Studio(worker, await createStore(config), config.mediaRoot, lecture.id);
  }

  get db() {
    return this.worker.get(DataSource).manager;
  }

  /** Puts an original where a finished upload lies, and wakes the worker; `between` is done before that. */
  async send(clip: string, between: () => Promise<void> | void = () => undefined): Promise<string> {
    const id = await this.keep(clip);
    await between();
    await addJobs(this.db, await this.edition(id), [{ kind: 'probe' }]);
    await this.wake(id);
    return id;
  }

  /** The same of an edition that another version has probed, and would encode in rungs of its own. */
  async sendPlanned(clip: string, rungs: readonly Rung[]): Promise<string> {
    const id = await this.keep(clip);
    const facts = await probeSource(await Ffmpeg.start(), clip);
    acceptSource(facts);
    await this.db.transaction(async (tx) =>
      writePlan(tx, await this.edition(id), { facts, rungs, jobs: jobsOf(facts) }),
    );
    await this.wake(id);
    return id;
  }

  private async keep(clip: string): Promise<string> {
    const id = uuidv7();
    const bytes = await readFile(clip);
    const content = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    await copyFile(clip, join(this.root, id));
    await this.store.putAll(SOURCES, [{ name: id, path: join(this.root, id), content }]);
    await rm(join(this.root, id), { force: true });
    const source = { sourceName: 'a.mp4', sourceBytes: String(content.bytes), sourceSha256: content.sha256 };
    await this.db.insert(Edition, { id, lectureId: this.lectureId, number: (this.number += 1), ...source });
    return id;
  }

  edition(id: string): Promise<Edition> {
    return this.db.findOneByOrFail(Edition, { id });
  }

  /** What a librarian orders of an edition that has failed. */
  async retry(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const generation = await reopenEdition(tx, id);
      if (generation === undefined) throw new Error('It has not failed.');
      await reopenJobs(tx, id, generation);
    });
    await this.wake(id);
  }

  /** A job that waits for the store, with the reason that a person reads. */
  waiting(id: string): Promise<Job> {
    return eventually('a job that waits for the store', async () => {
      const jobs = await this.db.findBy(Job, { editionId: id, state: 'waiting' });
      return jobs.find(({ failureCode }) => failureCode?.startsWith('storage-'));
    });
  }

  /** Lets no test wait for the delay, which another test has checked: of a new fence the queue knows nothing yet. */
  async wake(id: string): Promise<void> {
    await this.db.query(
      `UPDATE job SET not_before = clock_timestamp(), fence = fence + 1 WHERE edition_id = $1 AND state = 'waiting'`,
      [id],
    );
    await this.worker.get(Waker).wake(id, new Date(0));
  }

  end(id: string): Promise<Edition> {
    return eventually('the end of the edition', async () => {
      const now = await this.edition(id);
      if (now.state !== 'encoding') return now;
      const delayed = await this.db.query<unknown[]>(
        `SELECT FROM job WHERE edition_id = $1 AND state = 'waiting' AND not_before > clock_timestamp()`,
        [id],
      );
      if (delayed.length > 0) await this.wake(id);
      return undefined;
    });
  }

  /** Whether every segment that is named is there, and is what its name says. */
  async isWhole(id: string): Promise<boolean> {
    const segments = await this.db.find(Segment, { where: { rendition: { editionId: id } } });
    for (const { sha256 } of segments) {
      const content = await this.store.read(blobKey(id, `${sha256}.m4s`));
      if (!content || (await sha256Of(content)) !== sha256) return false;
    }
    return segments.length > 0;
  }

  async close(): Promise<void> {
    await this.worker.close();
    await rm(this.root, { recursive: true, force: true });
  }
}

const jobsOf = (facts: AcceptedFacts): NewJob[] => [
  ...chunkPlan(sourceDurationMs(facts), facts.video.seekPointsMs).map(({ index, fromMs, toMs }) => ({
    ...{ kind: 'chunk' as const, chunkIndex: index, fromMs, toMs },
  })),
  ...(facts.audio ? [{ kind: 'audio' as const }] : []),
];
