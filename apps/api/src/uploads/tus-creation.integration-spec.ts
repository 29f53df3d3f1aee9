import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startUploads, type TestUploads, uploadIdOf, UPLOAD_CONTENT } from '../../../../test/support/tus.js';

const MAX = 1_000_000;

describe('tus, creation', () => {
  let u: TestUploads;
  beforeAll(async () => {
    u = await startUploads({ UPLOAD_MAX_BYTES: String(MAX) });
  });
  afterAll(() => u.api.close());

  const editionsOf = (path: string) =>
    u.api.database.query<{ state: string; bytes: string; jobs: number }[]>(
      `SELECT state, source_bytes AS bytes, (SELECT count(*)::int FROM job WHERE edition_id = edition.id) AS jobs
       FROM edition WHERE upload_id = $1`,
      [uploadIdOf(path)],
    );

  it('TUS-R01: makes an upload and says where, behind any proxy', async () => {
    const response = await u.tus.create({
      'upload-length': '100',
      'upload-metadata': u.metadata(),
      'x-forwarded-host': 'lectern.example',
      'x-forwarded-proto': 'https',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toMatch(/^\/api\/v1\/uploads\/[0-9a-f-]{36}$/);
  });

  it('TUS-R01: an upload of no bytes is complete at once', async () => {
    const path = await u.created(0);
    expect(await editionsOf(path)).toEqual([{ state: 'encoding', bytes: '0', jobs: 1 }]);
    expect(await u.offset(path)).toBe(0);
  });

  it.each([
    ['no length', {}],
    ['two lengths', { 'upload-length': '10', 'upload-defer-length': '1' }],
    ['a deferred length of 2', { 'upload-defer-length': '2' }],
    ['a length below nothing', { 'upload-length': '-1' }],
    ['a length in words', { 'upload-length': 'ten' }],
  ])('TUS-R02: %s is refused', async (_, headers) => {
    const response = await u.tus.create({ 'upload-metadata': u.metadata(), ...headers });
    expect(response.status).toBe(400);
  });

  it('TUS-R03: a deferred length is told once, with a PATCH, and stands', async () => {
    const create = await u.tus.create({ 'upload-defer-length': '1', 'upload-metadata': u.metadata() });
    const path = create.headers.get('location') ?? '';
    await u.tus.patch(path, 0, Buffer.from('hello'));
    const before = await u.tus.head(path);
    expect(before.headers.get('upload-defer-length')).toBe('1');
    expect(before.headers.get('upload-length')).toBeNull();
    expect((await u.tus.patch(path, 5, Buffer.alloc(0), { 'upload-length': '4' })).status).toBe(400);
    expect((await u.tus.patch(path, 5, Buffer.alloc(0), { 'upload-length': String(MAX + 1) })).status).toBe(413);
    expect((await u.tus.patch(path, 5, Buffer.from(' w'), { 'upload-length': '10' })).status).toBe(204);
    const after = await u.tus.head(path);
    expect(after.headers.get('upload-defer-length')).toBeNull();
    expect(after.headers.get('upload-length')).toBe('10');
    expect((await u.tus.patch(path, 7, Buffer.from('o'), { 'upload-length': '11' })).status).toBe(400);
    expect((await u.tus.patch(path, 7, Buffer.from('rld'))).status).toBe(204);
    expect(await editionsOf(path)).toMatchObject([{ bytes: '10', jobs: 1 }]);
  });

  it('TUS-R03: a deferred upload whose last bytes are here ends when it says its length', async () => {
    const create = await u.tus.create({ 'upload-defer-length': '1', 'upload-metadata': u.metadata() });
    const path = create.headers.get('location') ?? '';
    await u.tus.patch(path, 0, Buffer.from('hello'));
    expect((await u.tus.patch(path, 5, Buffer.alloc(0), { 'upload-length': '5' })).status).toBe(204);
    expect(await editionsOf(path)).toMatchObject([{ bytes: '5', jobs: 1 }]);
  });

  it('TUS-R03: a deferred upload cannot grow past the largest length', async () => {
    const create = await u.tus.create({ 'upload-defer-length': '1', 'upload-metadata': u.metadata() });
    const path = create.headers.get('location') ?? '';
    expect((await u.tus.patch(path, 0, Buffer.alloc(MAX + 1))).status).toBe(413);
    expect(await u.offset(path)).toBeLessThanOrEqual(MAX);
  });

  it.each([
    ['no Base64', 'filename !!!'],
    ['a key twice', 'filename eA==,filename eA=='],
    ['a key that is not ASCII', 'dateiname\u00e4 eA=='],
    ['a key of JavaScript’s own', 'constructor eA=='],
    ['no lecture', 'filename eA=='],
    ['a lecture that is no id', 'lectureId eA=='],
    ['a digest that is none', 'sha256 eA=='],
  ])('TUS-R04: metadata with %s are refused', async (_, metadata) => {
    const response = await u.tus.create({ 'upload-length': '10', 'upload-metadata': metadata });
    expect(response.status).toBe(400);
  });

  it('TUS-R04: metadata that we do not know come back as they came, values without anything too', async () => {
    const metadata = `${u.metadata()},is_confidential,filetype ${Buffer.from('video/mp4').toString('base64')}`;
    const create = await u.tus.create({ 'upload-length': '10', 'upload-metadata': metadata });
    const head = await u.tus.head(create.headers.get('location') ?? '');
    expect(head.headers.get('upload-metadata')).toBe(metadata);
  });

  it('TUS-R05: a file larger than allowed is refused before its first byte', async () => {
    const response = await u.tus.create({ 'upload-length': String(MAX + 1), 'upload-metadata': u.metadata() });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'too-large' });
  });

  it('TUS-W01: a POST may bring the first bytes, or all, and the end comes once', async () => {
    const file = randomBytes(50_000);
    const headers = { 'upload-length': '50000', 'upload-metadata': u.metadata(), 'content-type': UPLOAD_CONTENT };
    const part = await u.tus.create(headers, file.subarray(0, 20_000));
    expect([part.status, part.headers.get('upload-offset')]).toEqual([201, '20000']);
    expect(part.headers.get('upload-expires')).not.toBeNull();
    const path = part.headers.get('location') ?? '';
    expect((await u.tus.patch(path, 20_000, file.subarray(20_000))).status).toBe(204);
    const whole = await u.tus.create(headers, file);
    expect([whole.status, whole.headers.get('upload-offset')]).toEqual([201, '50000']);
    for (const uploaded of [path, whole.headers.get('location') ?? '']) {
      expect(await editionsOf(uploaded)).toMatchObject([{ bytes: '50000', jobs: 1 }]);
    }
  });

  it('TUS-W01: a body of another type is refused, and of an upload that failed nothing is left', async () => {
    const before = await readdir(join(u.api.config.mediaRoot, 'uploads'));
    const headers = { 'upload-length': '5', 'upload-metadata': u.metadata() };
    expect((await u.tus.create({ ...headers, 'content-type': 'video/mp4' }, Buffer.from('hello'))).status).toBe(415);
    expect((await u.tus.create({ ...headers, 'content-type': UPLOAD_CONTENT }, Buffer.alloc(6))).status).toBe(413);
    expect((await u.tus.create({ ...headers, 'content-type': 'video/mp4' })).status).toBe(201);
    expect((await readdir(join(u.api.config.mediaRoot, 'uploads'))).length).toBe(before.length + 1);
  });

  it('TUS-W01: a client that asks first is told to go on', async () => {
    const path = await u.created(5);
    const { request, answer } = u.tus.begin(path, 0, 5, { expect: '100-continue' });
    await new Promise((resolve, reject) => request.once('continue', resolve).once('error', reject));
    request.end('hello');
    expect((await answer).statusCode).toBe(204);
  });

  it('is for librarians of the lecture, and for lectures that there are', async () => {
    await u.api.database.query(`UPDATE account_role SET unit_id = $1 WHERE role = 'librarian'`, [
      u.country.units.south,
    ]);
    const foreign = await u.tus.create({ 'upload-length': '5', 'upload-metadata': u.metadata() });
    await u.api.database.query(`UPDATE account_role SET unit_id = $1 WHERE role = 'librarian'`, [
      u.country.units.centre,
    ]);
    expect(foreign.status).toBe(403);
    const lectureId = '0190f0f0-0000-7000-8000-000000000000';
    const missing = await u.tus.create({ 'upload-length': '5', 'upload-metadata': u.metadata({ lectureId }) });
    expect(missing.status).toBe(404);
  });

  it('is open to programs without an Origin, closed to pages of other sites', async () => {
    const from = (origin: string) =>
      u.tus.create({ 'upload-length': '5', 'upload-metadata': u.metadata(), ...(origin ? { origin } : {}) });
    expect((await from('')).status).toBe(201);
    expect((await from(u.api.url)).status).toBe(201);
    expect((await from('https://elsewhere.example')).status).toBe(403);
  });
});
