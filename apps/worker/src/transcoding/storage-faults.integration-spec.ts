import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Job } from '#libs/database';
import { editionFolder, hashIn, sourceKey, SOURCES } from '#libs/storage';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../../test/support/eventually.js';
import { movingClip } from '../../../../test/support/recordings.js';
import { type Operation, S3Server } from '../../../../test/support/s3-server.js';
import { SlowDisk } from '../../../../test/support/slow-disk.js';
import { SmallDisk } from '../../../../test/support/small-disk.js';
import { Studio } from '../../../../test/support/studio.js';

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
    ['HeadObject', { status: 500, code: 'InternalError' }, 'storage-failed'],
  ])('waits while %s answers %j, shows nothing, and goes on by itself', async (operation, fault, code) => {
    await rm(join(root, 'cache'), { recursive: true });
    let on = false;
    server.fault = (asked) => (on && asked === operation ? fault : undefined);
    const id = await studio.send(clip, () => {
      on = true;
    });
    const job = await studio.waiting(id);
    expect(job.failureCode).toBe(code);
    expect(await studio.edition(id)).toMatchObject({ state: 'encoding', live: false, shownEncode: null });
    on = false;
    await studio.wake(id);
    expect(await studio.end(id)).toMatchObject({ state: 'ready', live: true, failureCode: null });
    expect(await studio.isWhole(id)).toBe(true);
  });

  it('goes on when the store is back, and nobody has woken anything', async () => {
    let on = true;
    const away = { status: 503, code: 'SlowDown' };
    server.fault = (asked, key) => (on && asked === 'PutObject' && !key.startsWith(SOURCES) ? away : undefined);
    const id = await studio.send(clip);
    await studio.waiting(id);
    on = false;
    const edition = await eventually(
      'the end of the edition',
      async () => {
        const now = await studio.edition(id);
        return now.state === 'encoding' ? undefined : now;
      },
      60_000,
    );
    expect(edition).toMatchObject({ state: 'ready', live: true });
  });

  it('is only slower when every answer is', async () => {
    server.fault = () => ({ delayMs: 100 });
    const id = await studio.send(clip);
    expect(await studio.end(id)).toMatchObject({ state: 'ready' });
  });
});

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
    const id = await studio.send(clip, breakDisk);
    const job = await studio.waiting(id);
    expect(job.failureCode).toBe(code);
    expect(await studio.edition(id)).toMatchObject({ state: 'encoding', live: false });
    await mend();
    await studio.wake(id);
    expect(await studio.end(id)).toMatchObject({ state: 'ready', live: true, failureCode: null });
    expect(await studio.isWhole(id)).toBe(true);
  });
});

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
