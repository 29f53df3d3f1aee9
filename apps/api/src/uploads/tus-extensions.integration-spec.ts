import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { eventually } from '../../../../test/support/eventually.js';
import {
  startUploads,
  type TestUploads,
  uploadChecksum,
  uploadIdOf,
  UPLOAD_CONTENT,
} from '../../../../test/support/tus.js';
import { UploadsHousekeeping } from './uploads-housekeeping.service.js';

describe('tus, checksum, expiration and termination', () => {
  let u: TestUploads;
  const chunk = randomBytes(70_000);
  beforeAll(async () => {
    u = await startUploads();
  });
  afterAll(() => u.api.close());

  const uploadsFolder = () => join(u.api.config.mediaRoot, 'uploads');
  const crc32Sum = (bytes: Buffer) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(bytes));
    return `crc32 ${sum.toString('base64')}`;
  };

  it.each(['sha1', 'md5', 'sha256', 'crc32'])('TUS-K01: a chunk with its %s is taken', async (algorithm) => {
    const path = await u.created(100_000);
    const sum = algorithm === 'crc32' ? crc32Sum(chunk) : uploadChecksum(algorithm, chunk);
    const patch = await u.tus.patch(path, 0, chunk, { 'upload-checksum': sum });
    expect([patch.status, patch.headers.get('upload-offset')]).toEqual([204, '70000']);
    expect(await readFile(join(uploadsFolder(), uploadIdOf(path)))).toEqual(chunk);
  });

  it('TUS-K01, TUS-K02: a chunk with a wrong sum is dropped, and taken with the right one', async () => {
    const path = await u.created(100_000);
    const wrong = uploadChecksum('sha1', Buffer.from('other'));
    const refused = await u.tus.patch(path, 0, chunk, { 'upload-checksum': wrong });
    expect(refused.status).toBe(460);
    expect(await refused.json()).toMatchObject({ code: 'checksum-mismatch', status: 460 });
    expect(await u.offset(path)).toBe(0);
    const right = uploadChecksum('sha1', chunk);
    expect((await u.tus.patch(path, 0, chunk, { 'upload-checksum': right })).status).toBe(204);
  });

  it.each(['sha512 AAAA', 'SHA1 AAAA', 'sha1', 'sha1 ???', 'sha1 AAAA', ''])(
    'TUS-K01: a checksum of "%s" is none',
    async (sum) => {
      const path = await u.created(100_000);
      expect((await u.tus.patch(path, 0, chunk, { 'upload-checksum': sum })).status).toBe(400);
      expect(await u.offset(path)).toBe(0);
    },
  );

  it('TUS-K03: of a chunk with a sum that breaks off, nothing is kept', async () => {
    const path = await u.created(100_000);
    const sum = uploadChecksum('sha1', chunk);
    const { request } = u.tus.begin(path, 0, chunk.length, { 'upload-checksum': sum });
    request.write(chunk.subarray(0, 60_000));
    await eventually('the waiting chunk', async () =>
      (await readdir(uploadsFolder())).some((name) => name.endsWith('.chunk')) ? true : undefined,
    );
    request.destroy();
    await eventually('its end', async () =>
      (await readdir(uploadsFolder())).some((name) => name.endsWith('.chunk')) ? undefined : true,
    );
    expect(await u.offset(path)).toBe(0);
  });

  it('TUS-K01: a checked chunk past the end, or at a wrong offset, is refused as any other', async () => {
    const path = await u.created(1_000);
    const sum = { 'upload-checksum': uploadChecksum('sha1', chunk) };
    expect((await u.tus.patch(path, 0, chunk, sum)).status).toBe(413);
    expect((await u.tus.patch(path, 7, chunk, sum)).status).toBe(409);
    const headers = { 'upload-length': '70000', 'upload-metadata': u.metadata(), 'content-type': UPLOAD_CONTENT };
    const wrong = await u.tus.create(
      { ...headers, 'upload-checksum': uploadChecksum('sha1', Buffer.from('x')) },
      chunk,
    );
    expect(wrong.status).toBe(460);
  });

  it('TUS-E01: an unfinished upload says until when it is kept, anew with every byte; a finished one says nothing', async () => {
    const create = await u.tus.create({ 'upload-length': '10', 'upload-metadata': u.metadata() });
    const path = create.headers.get('location') ?? '';
    await u.api.database.query(`UPDATE upload SET expires_at = now() + interval '1 hour' WHERE id = $1`, [
      uploadIdOf(path),
    ]);
    const head = await u.tus.head(path);
    const patch = await u.tus.patch(path, 0, Buffer.from('hello'));
    for (const { headers } of [create, head, patch]) {
      expect(headers.get('upload-expires')).toMatch(
        /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/,
      );
    }
    const until = (response: Response) => Date.parse(response.headers.get('upload-expires') ?? '') - Date.now();
    expect(until(head)).toBeLessThanOrEqual(3_600_000);
    expect(until(patch)).toBeGreaterThan(6 * 24 * 3_600_000);
    const last = await u.tus.patch(path, 5, Buffer.from('world'));
    expect(last.headers.get('upload-expires')).toBeNull();
    expect((await u.tus.head(path)).headers.get('upload-expires')).toBeNull();
  });

  it('TUS-E01: an upload that nobody came back for is gone, and so are its bytes', async () => {
    const path = await u.created(10);
    await u.tus.patch(path, 0, Buffer.from('hello'));
    await u.api.database.query(`UPDATE upload SET expires_at = now() - interval '1 s' WHERE id = $1`, [
      uploadIdOf(path),
    ]);
    expect((await u.tus.head(path)).status).toBe(410);
    await u.api.app.get(UploadsHousekeeping).tidy();
    expect(await readdir(uploadsFolder())).not.toContain(uploadIdOf(path));
    const patch = await u.tus.patch(path, 5, Buffer.from('world'));
    expect([patch.status, patch.headers.get('upload-offset')]).toEqual([410, null]);
    expect(await patch.json()).toMatchObject({ code: 'upload-expired' });
  });

  it('TUS-E01: a finished upload never expires', async () => {
    const path = await u.created(5);
    await u.tus.patch(path, 0, Buffer.from('hello'));
    await u.api.database.query(`UPDATE upload SET expires_at = now() - interval '1 s' WHERE id = $1`, [
      uploadIdOf(path),
    ]);
    await u.api.app.get(UploadsHousekeeping).tidy();
    expect((await u.tus.head(path)).headers.get('upload-offset')).toBe('5');
  });

  it('TUS-T01: DELETE frees an unfinished upload; what is not there is not found', async () => {
    const path = await u.created(10);
    await u.tus.patch(path, 0, Buffer.from('hello'));
    expect((await u.tus.ask('DELETE', path)).status).toBe(204);
    expect(await readdir(uploadsFolder())).not.toContain(uploadIdOf(path));
    for (const response of [
      await u.tus.head(path),
      await u.tus.patch(path, 5, chunk),
      await u.tus.ask('DELETE', path),
    ]) {
      expect(response.status).toBe(404);
    }
  });

  it('TUS-T01: DELETE waits for the end of encoding, then leaves the lecture what was made of the upload', async () => {
    const path = await u.created(5);
    await u.tus.patch(path, 0, Buffer.from('hello'));
    const refused = await u.tus.ask('DELETE', path);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([409, 'conflict']);
    await u.api.database.query(`UPDATE edition SET state = 'ready' WHERE upload_id = $1`, [uploadIdOf(path)]);
    expect((await u.tus.ask('DELETE', path)).status).toBe(204);
    expect((await u.tus.head(path)).status).toBe(404);
    const editions = await u.api.database.query<unknown[]>(`SELECT FROM edition WHERE upload_id = $1`, [
      uploadIdOf(path),
    ]);
    expect(editions).toHaveLength(1);
  });

  it('TUS-T01: DELETE takes the upload from a PATCH that hangs', async () => {
    const path = await u.created(10);
    const { request } = u.tus.begin(path, 0, 10);
    request.write('hello');
    await eventually('the first bytes', async () =>
      (await readFile(join(uploadsFolder(), uploadIdOf(path)))).length === 5 ? true : undefined,
    );
    expect((await u.tus.ask('DELETE', path)).status).toBe(204);
    request.destroy();
    expect((await u.tus.head(path)).status).toBe(404);
  });

  it('a full disk is told as such, and the upload goes on when there is room again', async () => {
    const path = await u.created(10);
    const file = join(uploadsFolder(), uploadIdOf(path));
    await rm(file);
    await symlink('/dev/full', file);
    const full = await u.tus.patch(path, 0, Buffer.from('hello'));
    expect([full.status, ((await full.json()) as { code: string }).code]).toEqual([507, 'storage-full']);
    await rm(file);
    await writeFile(file, '');
    expect((await u.tus.patch(path, 0, Buffer.from('helloworld'))).status).toBe(204);
  });

  it('what belongs to no upload is swept away, what is under way stays', async () => {
    const path = await u.created(10);
    await u.tus.patch(path, 0, Buffer.from('hello'));
    const gone = await u.created(10);
    await u.api.database.query(`DELETE FROM upload WHERE id = $1`, [uploadIdOf(gone)]);
    await u.api.app.get(UploadsHousekeeping).tidy();
    const names = await readdir(uploadsFolder());
    expect(names).toContain(uploadIdOf(path));
    expect(names).not.toContain(uploadIdOf(gone));
  });
});
