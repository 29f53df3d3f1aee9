import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually } from '../../../../test/support/eventually.js';
import {
  sha256Of,
  startUploads,
  type TestUploads,
  uploadIdOf,
  uploadMetadata,
  UPLOAD_CONTENT,
} from '../../../../test/support/tus.js';

describe('tus, the core', () => {
  let u: TestUploads;
  const file = randomBytes(300_000);
  beforeAll(async () => {
    u = await startUploads();
  });
  afterAll(() => u.api.close());

  const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

  it('TUS-C01: every answer but those to OPTIONS says which version it speaks, refusals too', async () => {
    const path = await u.created(10);
    const answers = await Promise.all([
      u.tus.head(path),
      u.tus.patch(path, 5, file),
      u.tus.head('/api/v1/uploads/none'),
      u.tus.ask('PUT', `${path}/nothing`),
      u.tus.create({}),
      fetch(`${u.api.url}${path}`, { method: 'HEAD' }),
      fetch(`${u.api.url}/api/v1/uploads`, { method: 'POST', headers: { origin: 'https://elsewhere.example' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 409, 404, 404, 400, 401, 403]);
    for (const answer of answers) expect(answer.headers.get('tus-resumable')).toBe('1.0.0');
  });

  it('TUS-C02: another version, or none, is told what there is, and nothing happens', async () => {
    const path = await u.created(10);
    for (const version of ['0.2.2', '']) {
      const response = await u.tus.patch(path, 0, Buffer.alloc(10), { 'tus-resumable': version });
      expect(response.status).toBe(412);
      expect(response.headers.get('tus-version')).toBe('1.0.0');
    }
    expect(await u.offset(path)).toBe(0);
  });

  it('TUS-C03: OPTIONS says what works here, to anybody and whatever version they speak', async () => {
    for (const path of ['/api/v1/uploads', '/api/v1/uploads/x']) {
      const response = await fetch(`${u.api.url}${path}`, { method: 'OPTIONS', headers: { 'tus-resumable': '9.9.9' } });
      expect(response.status).toBe(200);
      expect(response.headers.get('tus-resumable')).toBeNull();
      expect(response.headers.get('tus-version')).toBe('1.0.0');
      expect(response.headers.get('tus-extension')?.split(',').toSorted()).toEqual([
        'checksum',
        'creation',
        'creation-defer-length',
        'creation-with-upload',
        'expiration',
        'termination',
      ]);
      expect(Number(response.headers.get('tus-max-size'))).toBe(u.api.config.uploadMaxBytes);
      expect(response.headers.get('tus-checksum-algorithm')).toBe('sha1,md5,sha256,crc32');
    }
  });

  it('TUS-C04: HEAD tells offset and length at the beginning, on the way and at the end, never from a cache', async () => {
    const path = await u.created(file.length);
    for (const part of [file.subarray(0, 0), file.subarray(0, 1000), file.subarray(1000)]) {
      const before = (await u.offset(path)) ?? 0;
      await u.tus.patch(path, before, part);
      const head = await u.tus.head(path);
      expect(head.status).toBe(200);
      expect(head.headers.get('cache-control')).toBe('no-store');
      expect(head.headers.get('upload-offset')).toBe(String(before + part.length));
      expect(head.headers.get('upload-length')).toBe(String(file.length));
    }
    const unknown = await u.tus.head('/api/v1/uploads/0190f0f0-0000-7000-8000-000000000000');
    expect([unknown.status, unknown.headers.get('upload-offset')]).toEqual([404, null]);
  });

  it('TUS-C05: PATCH appends; any other type of content is refused', async () => {
    const path = await u.created(10);
    const patch = await u.tus.patch(path, 0, Buffer.from('hello'));
    expect([patch.status, patch.headers.get('upload-offset')]).toEqual([204, '5']);
    for (const type of ['application/octet-stream', 'text/plain', 'application/json']) {
      expect((await u.tus.patch(path, 5, Buffer.from('world'), { 'content-type': type })).status).toBe(415);
    }
    expect((await u.tus.ask('PATCH', path, { 'upload-offset': '5' })).status).toBe(415);
    expect(await u.offset(path)).toBe(5);
  });

  it('TUS-C06: a wrong offset changes nothing and hears the right one', async () => {
    const path = await u.created(10);
    await u.tus.patch(path, 0, Buffer.from('hello'));
    for (const offset of [0, 4, 6, 10]) {
      const response = await u.tus.patch(path, offset, Buffer.from('x'));
      expect([response.status, response.headers.get('upload-offset')]).toEqual([409, '5']);
    }
    expect(await u.offset(path)).toBe(5);
  });

  it.each([[''], ['-1'], ['1.5'], ['abc'], ['0x10'], ['1e3']])('TUS-C07: an offset of "%s" is none', async (offset) => {
    const path = await u.created(10);
    const response = await u.tus.ask('PATCH', path, { 'content-type': UPLOAD_CONTENT, 'upload-offset': offset });
    expect([response.status, await codeOf(response)]).toEqual([400, 'invalid-request']);
  });

  it('TUS-C07: a body past the end is refused and never stored', async () => {
    const path = await u.created(10);
    expect((await u.tus.patch(path, 0, Buffer.alloc(11))).status).toBe(413);
    const { request, answer } = u.tus.begin(path, 0, undefined);
    request.end(Buffer.alloc(100_000));
    expect((await answer).statusCode).toBe(413);
    expect(await u.offset(path)).toBeLessThanOrEqual(10);
  });

  it('TUS-C07: nobody else, and nobody without a session, gets to an upload', async () => {
    const path = await u.created(10);
    await u.api.database.query(`UPDATE upload SET account_id = $1 WHERE id = $2`, [
      u.country.accounts.admin.id,
      uploadIdOf(path),
    ]);
    expect((await u.tus.patch(path, 0, Buffer.alloc(1))).status).toBe(404);
    expect((await u.tus.ask('DELETE', path)).status).toBe(404);
    expect((await fetch(`${u.api.url}${path}`, { method: 'PATCH' })).status).toBe(401);
  });

  it('TUS-C08: a connection that breaks keeps what it brought, and the file is whole after going on', async () => {
    const path = await u.created(file.length, { sha256: sha256Of(file) });
    const { request } = u.tus.begin(path, 0, file.length);
    request.write(file.subarray(0, 200_000));
    const stored = await eventually('the first bytes', async () => {
      const rows = await readFile(join(u.api.config.mediaRoot, 'uploads', uploadIdOf(path)));
      return rows.length > 0 ? rows.length : undefined;
    });
    request.destroy();
    const offset = await eventually('a free upload', () => u.offset(path));
    expect(offset).toBeGreaterThanOrEqual(stored);
    expect(offset).toBeLessThanOrEqual(200_000);
    expect((await u.tus.patch(path, offset, file.subarray(offset))).status).toBe(204);
    expect(await readFile(join(u.api.config.mediaRoot, 'sources', uploadIdOf(path)))).toEqual(file);
  });

  it('TUS-C09: a POST may be a PATCH, a HEAD or a DELETE', async () => {
    const path = await u.created(10);
    const as = (method: string, headers: Record<string, string> = {}, body?: Buffer) =>
      u.tus.ask('POST', path, { 'x-http-method-override': method, ...headers }, body);
    const patch = await as('PATCH', { 'content-type': UPLOAD_CONTENT, 'upload-offset': '0' }, Buffer.from('hello'));
    expect([patch.status, patch.headers.get('upload-offset')]).toEqual([204, '5']);
    expect((await as('HEAD')).headers.get('upload-offset')).toBe('5');
    expect((await as('DELETE')).status).toBe(204);
    expect((await u.tus.head(path)).status).toBe(404);
    expect((await u.tus.ask('POST', path)).status).toBe(405);
  });

  it('TUS-C10: of two PATCHes at once one wins, and no byte of the other is in the file', async () => {
    const path = await u.created(file.length, { sha256: sha256Of(file) });
    const answers = await Promise.all([u.tus.patch(path, 0, file), u.tus.patch(path, 0, file)]);
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses[0]).toBe(204);
    expect([409, 423]).toContain(statuses[1]);
    expect(await readFile(join(u.api.config.mediaRoot, 'sources', uploadIdOf(path)))).toEqual(file);
  });

  it('TUS-C10: HEAD takes the upload from a PATCH that hangs, and nothing that came is lost', async () => {
    const path = await u.created(file.length);
    const { request, answer } = u.tus.begin(path, 0, file.length);
    request.write(file.subarray(0, 50_000));
    await eventually('the first bytes', async () => {
      const { length } = await readFile(join(u.api.config.mediaRoot, 'uploads', uploadIdOf(path)));
      return length === 50_000 ? length : undefined;
    });
    const head = await fetch(`${u.api.url}${path}`, {
      method: 'HEAD',
      headers: { cookie: u.cookie, 'tus-resumable': '1.0.0' },
      signal: AbortSignal.timeout(5_000),
    });
    expect(head.headers.get('upload-offset')).toBe('50000');
    expect((await answer).headers['upload-offset']).toBe('50000');
    request.destroy();
  });

  it('names of files are shown as they are and never used as paths', async () => {
    const names = ['../../etc/passwd', '..\\..\\x.mp4', 'a\r\nSet-Cookie: x=1', 'nul\0.mp4', '土壤 第一课.mp4', ''];
    for (const filename of names) {
      const metadata = uploadMetadata({ filename, lectureId: u.country.lecture.id });
      const response = await u.tus.create({ 'upload-length': '5', 'upload-metadata': metadata });
      expect(response.status).toBe(201);
      expect((await u.tus.head(response.headers.get('location') ?? '')).headers.get('upload-metadata')).toBe(metadata);
    }
    const page = await fetch(`${u.api.url}/api/v1/uploads?limit=6`, { headers: { cookie: u.cookie } });
    const { items } = (await page.json()) as { items: { fileName: string }[] };
    expect(items.map(({ fileName }) => fileName)).toEqual([
      'lecture',
      '土壤 第一课.mp4',
      'nul.mp4',
      'aSet-Cookie: x=1',
      'x.mp4',
      'passwd',
    ]);
  });

  it('a refusal is a problem document in the reader’s language', async () => {
    const { request, answer } = u.tus.begin(await u.created(10), 7, 0, { 'accept-language': 'zh-CN' });
    request.end();
    const response = await answer;
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(await text(response))).toMatchObject({ code: 'conflict', title: '与已有内容冲突。' });
  });
});
