import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Edition } from '#libs/database';
import { sourceKey } from '#libs/storage';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Server } from '../../../../test/support/s3-server.js';
import { SmallDisk } from '../../../../test/support/small-disk.js';
import { sha256Of, startUploads, type TestUploads, uploadIdOf } from '../../../../test/support/tus.js';
import { UploadsHousekeeping } from './uploads-housekeeping.service.js';

const problemOf = async (response: Response) => {
  const { code } = (await response.json()) as { code: string };
  return [response.status, response.headers.get('content-type')?.split(';')[0], code];
};
const FULL = [507, 'application/problem+json', 'storage-full'];
const FAILED = [503, 'application/problem+json', 'storage-failed'];

describe('an upload to a device that takes nothing', () => {
  let u: TestUploads;
  beforeAll(async () => {
    u = await startUploads();
  });
  afterAll(() => u.api.close());

  it('is told that there is no room, and the offset stays true', async () => {
    const path = await u.created(1_000);
    const file = join(u.api.config.mediaRoot, 'uploads', uploadIdOf(path));
    await rm(file);
    await symlink('/dev/full', file);
    expect(await problemOf(await u.tus.patch(path, 0, randomBytes(1_000)))).toEqual(FULL);
    expect(await u.offset(path)).toBe(0);
  });
});

describe('an upload to a small disk', () => {
  let disk: SmallDisk;
  let u: TestUploads;
  const file = randomBytes(3 * 1024 ** 2);
  beforeAll(async () => {
    disk = await SmallDisk.mount(2 * 1024 ** 2);
    const root = join(disk.root, 'media');
    await mkdir(root);
    u = await startUploads({ MEDIA_ROOT: root });
  });
  afterAll(async () => {
    await u.api.close();
    await disk.unmount();
  });

  it('keeps what there was room for, says so, and goes on when there is more', async () => {
    const path = await u.created(file.length, { sha256: sha256Of(file) });
    expect(await problemOf(await u.tus.patch(path, 0, file))).toEqual(FULL);
    const kept = (await u.offset(path)) ?? 0;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(2 * 1024 ** 2);
    expect(await problemOf(await u.tus.patch(path, kept, file.subarray(kept)))).toEqual(FULL);
    await disk.resize(8 * 1024 ** 2);
    const offset = (await u.offset(path)) ?? 0;
    expect((await u.tus.patch(path, offset, file.subarray(offset))).status).toBe(204);
    expect(await u.api.database.manager.findOneByOrFail(Edition, { id: uploadIdOf(path) })).toMatchObject({
      sourceSha256: sha256Of(file),
    });
  });

  it('cannot begin while the disk can only be read, and leaves no row', async () => {
    await u.api.database.query(`DELETE FROM upload`);
    await disk.set('ro');
    const headers = { 'upload-length': '10', 'upload-metadata': u.metadata() };
    expect(await problemOf(await u.tus.create(headers))).toEqual(FAILED);
    await disk.set('rw');
    const open = await u.api.database.query<unknown[]>(`SELECT id FROM upload WHERE state = 'receiving'`);
    expect(open).toEqual([]);
    await u.created(10);
  });
});

describe('an upload to an object store', () => {
  let server: S3Server;
  let u: TestUploads;
  const file = randomBytes(200_000);
  beforeAll(async () => {
    server = await new S3Server().listen();
    u = await startUploads(server.environment);
  });
  afterEach(() => {
    server.fault = () => undefined;
  });
  afterAll(async () => {
    await u.api.close();
    await server.close();
  });

  const uploads = () => readdir(join(u.api.config.mediaRoot, 'uploads'));
  const hasEdition = (path: string) => u.api.database.manager.existsBy(Edition, { id: uploadIdOf(path) });

  it('lies there when it is whole, and no longer here', async () => {
    const path = await u.created(file.length, { sha256: sha256Of(file) });
    expect((await u.tus.patch(path, 0, file)).status).toBe(204);
    expect(server.objects.get(sourceKey(uploadIdOf(path)))?.body).toEqual(file);
    expect([await uploads(), await hasEdition(path)]).toEqual([[], true]);
  });

  it('is refused when it is not the one announced: nothing of it gets there', async () => {
    const path = await u.created(file.length, { sha256: sha256Of(Buffer.from('another')) });
    expect((await u.tus.patch(path, 0, file)).status).toBe(422);
    expect(server.objects.has(sourceKey(uploadIdOf(path)))).toBe(false);
    expect(await uploads()).toEqual([]);
  });

  it('loses no byte while the store is away, and becomes an edition by itself when it is back', async () => {
    const path = await u.created(file.length, { sha256: sha256Of(file) });
    server.fault = () => ({ status: 403, code: 'AccessDenied' });
    expect(await problemOf(await u.tus.patch(path, 0, file))).toEqual(FAILED);
    expect(await u.offset(path)).toBe(file.length);
    await u.api.app.get(UploadsHousekeeping).tidy();
    expect([await uploads(), await hasEdition(path)]).toEqual([[uploadIdOf(path)], false]);
    server.fault = () => undefined;
    await u.api.app.get(UploadsHousekeeping).tidy();
    expect([await uploads(), await hasEdition(path)]).toEqual([[], true]);
  });
});
