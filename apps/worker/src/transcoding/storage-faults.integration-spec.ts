import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Edition, Job, Segment } from '#libs/database';
import { blobKey, BlobStore, createStore, editionFolder, hashIn, sha256Of, sourceKey, SOURCES } from '#libs/storage';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { testConfig } from '../../../../test/support/config.js';
import { eventually } from '../../../../test/support/eventually.js';
import { seedCountry } from '../../../../test/support/people.js';
import { movingClip } from '../../../../test/support/recordings.js';
import { type Operation, S3Server } from '../../../../test/support/s3-server.js';
import { canSlowDown, SlowDisk } from '../../../../test/support/slow-disk.js';
import { canMount, SmallDisk } from '../../../../test/support/small-disk.js';
import { addJobs } from '../jobs/jobs.queries.js';
import { Waker } from '../jobs/waker.js';
import { WorkerModule } from '../worker.module.js';

/** A worker on a store of its own, and lectures sent to it. */
class Studio {
  private number = 0;

  private constructor(
    readonly worker: INestApplicationContext,
    readonly store: BlobStore,
    private readonly root: string,
    private readonly lectureId: string,
  ) {}

  static async open(environment: Record<string, string>): Promise<Studio> {
    const config = await testConfig(environment);
    Logger.overrideLogger(false);
    const worker = await NestFactory.createApplicationContext(WorkerModule.for(config));
    const { lecture } = await seedCountry(worker.get(DataSource));
    return new Studio(worker, await createStore(config), config.mediaRoot, lecture.id);
  }

  get db() {
    return this.worker.get(DataSource).manager;
  }

  /** Puts an original where a finished upload lies, and wakes the worker. */
  async send(clip: string): Promise<string> {
    const id = uuidv7();
    const bytes = await readFile(clip);
    const content = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    await copyFile(clip, join(this.root, id));
    await this.store.putAll(SOURCES, [{ name: id, path: join(this.root, id), content }]);
    await rm(join(this.root, id), { force: true });
    const source = { sourceName: 'a.mp4', sourceBytes: String(content.bytes), sourceSha256: content.sha256 };
    await this.db.insert(Edition, { id, lectureId: this.lectureId, number: (this.number += 1), ...source });
    await addJobs(this.db, await this.edition(id), [{ kind: 'probe' }]);
    await this.wake(id);
    return id;
  }

  edition(id: string): Promise<Edition> {
    return this.db.findOneByOrFail(Edition, { id });
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
}

let clips: string;
let clip: string;
beforeAll(async () => {
  clips = await mkdtemp(join(tmpdir(), 'lectern-clips-'));
  clip = await movingClip(clips, 6, '426x240');
});
afterAll(() => rm(clips, { recursive: true, force: true }));

describe('a lecture in an object store', () => {
  let server: S3Server;
  let studio: Studio;
  let root: string;
  beforeAll(async () => {
    server = await new S3Server().listen();
    root = await mkdtemp(join(tmpdir(), 'lectern-media-'));
    studio = await Studio.open({ ...server.environment, MEDIA_ROOT: root });
  });
  afterEach(() => {
    server.fault = () => undefined;
  });
  afterAll(async () => {
    await studio.worker.close();
    await server.close();
    await rm(root, { recursive: true, force: true });
  });

  it('becomes ready; nothing of it is left on the worker’s disk but a copy of the original', async () => {
    const id = await studio.send(clip);
    expect(await studio.end(id)).toMatchObject({ state: 'ready', live: true, failureCode: null });
    expect(await studio.isWhole(id)).toBe(true);
    const { sourceSha256 } = await studio.edition(id);
    expect(await readdir(join(root, 'cache'))).toEqual([sourceSha256]);
    expect([await readdir(join(root, 'work')), await readdir(root)]).toEqual([[], ['cache', 'work']]);
    expect(
      server.asked.filter(({ operation, key }) => operation === 'GetObject' && key === sourceKey(id)),
    ).toHaveLength(1);
    const names = [...server.objects.keys()].filter((key) => key.startsWith(editionFolder(id)));
    for (const name of names) expect(hashIn(name.split('/').at(-1) ?? '')).toBeDefined();
  });

  it.each<[Operation, { status: number; code: string } | { breakOff: true }, string]>([
    ['PutObject', { status: 507, code: 'QuotaExceeded' }, 'storage-full'],
    ['GetObject', { breakOff: true }, 'storage-failed'],
  ])('waits while %s answers %j, shows nothing, and goes on by itself', async (operation, fault, code) => {
    await rm(join(root, 'cache'), { recursive: true });
    let on = false;
    server.fault = (asked) => (on && asked === operation ? fault : undefined);
    const id = await studio.send(clip);
    on = true;
    const job = await studio.waiting(id);
    expect(job.failureCode).toBe(code);
    expect(await studio.edition(id)).toMatchObject({ state: 'encoding', live: false, shownEncode: null });
    on = false;
    await studio.wake(id);
    expect(await studio.end(id)).toMatchObject({ state: 'ready', live: true, failureCode: null });
    expect(await studio.isWhole(id)).toBe(true);
  });

  it('is only slower when every answer is', async () => {
    server.fault = () => ({ delayMs: 100 });
    const id = await studio.send(clip);
    expect(await studio.end(id)).toMatchObject({ state: 'ready' });
  });
});

if (canMount) {
  describe('a lecture on a disk', () => {
    let disk: SmallDisk;
    let studio: Studio;
    beforeAll(async () => {
      disk = await SmallDisk.mount(64 * 1024 ** 2);
      studio = await Studio.open({ MEDIA_ROOT: disk.root });
    });
    afterAll(async () => {
      await studio.worker.close();
      await disk.unmount();
    });

    it.each([
      ['is full', 'storage-full', () => disk.fill(), () => disk.empty()],
      ['can only be read', 'storage-failed', () => disk.set('ro'), () => disk.set('rw')],
    ])('waits while it %s, shows nothing, and goes on by itself', async (_, code, breakDisk, mend) => {
      const id = await studio.send(clip);
      await breakDisk();
      const job = await studio.waiting(id);
      expect(job.failureCode).toBe(code);
      expect(await studio.edition(id)).toMatchObject({ state: 'encoding', live: false });
      await mend();
      await studio.wake(id);
      expect(await studio.end(id)).toMatchObject({ state: 'ready', live: true, failureCode: null });
      expect(await studio.isWhole(id)).toBe(true);
    });
  });
}

if (canSlowDown) {
  describe('a lecture on a disk that takes 25 ms to write anything', () => {
    let disk: SlowDisk;
    let studio: Studio;
    beforeAll(async () => {
      disk = await SlowDisk.mount();
      studio = await Studio.open({ MEDIA_ROOT: disk.root });
    });
    afterAll(async () => {
      await studio.worker.close();
      await disk.unmount();
    });

    it('becomes ready whole at the first try', async () => {
      const id = await studio.send(clip);
      expect(await studio.end(id)).toMatchObject({ state: 'ready', live: true, failureCode: null });
      expect(await studio.isWhole(id)).toBe(true);
      const jobs = await studio.db.findBy(Job, { editionId: id });
      expect(jobs.filter(({ attempts }) => attempts > 1)).toEqual([]);
    });
  });
}
