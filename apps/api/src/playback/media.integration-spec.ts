import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { startPlayback, type TestPlayback } from '../../../../test/support/playback.js';

describe('blobs', () => {
  let p: TestPlayback;
  beforeAll(async () => {
    p = await startPlayback();
  });
  afterAll(() => p.api.close());

  const media = (name: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${p.api.url}/media/${p.edition.id}/${name}?token=${p.token}`, { method, headers });
  const blob = () => p.edition.segments[0] ?? { name: '', bytes: Buffer.alloc(0) };

  it('HTTP-01: GET and HEAD give the same headers', async () => {
    const get = await media(blob().name);
    const head = await media(blob().name, {}, 'HEAD');
    expect(Buffer.from(await get.arrayBuffer())).toEqual(blob().bytes);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    for (const name of [
      'accept-ranges',
      'etag',
      'content-length',
      'content-type',
      'cache-control',
      'access-control-allow-origin',
    ]) {
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
    }
    expect(get.headers.get('accept-ranges')).toBe('bytes');
    expect(get.headers.get('etag')).toBe(`"${blob().name.slice(0, 64)}"`);
    expect(get.headers.get('content-length')).toBe('20000');
  });

  it('HLS-D02, HTTP-04: have their type, are kept for ever, and are never compressed', async () => {
    const response = await media(blob().name, { 'accept-encoding': 'gzip, br' });
    expect(response.headers.get('content-type')).toBe('video/iso.segment');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  it.each([
    ['bytes=0-99', 0, 100],
    ['bytes=19990-', 19_990, 20_000],
    ['bytes=-10', 19_990, 20_000],
    ['bytes=19990-99999', 19_990, 20_000],
  ])('HTTP-02: give the part asked for by %s', async (range, from, to) => {
    const response = await media(blob().name, { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/20000`);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(blob().bytes.subarray(from, to));
  });

  it('HTTP-02: say how long they are when the part asked for is not there', async () => {
    const response = await media(blob().name, { range: 'bytes=20000-' });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */20000');
  });

  it.each(['pages=1-2', 'bytes=5-1', 'bytes=abc', 'bytes=0-1,5-6'])('HTTP-02: ignore a range of %s', async (range) => {
    const response = await media(blob().name, { range });
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBe(20_000);
  });

  it('HTTP-02: apply Range to GET only, and If-Range with the strong tag only', async () => {
    const tag = `"${blob().name.slice(0, 64)}"`;
    const range = 'bytes=0-9';
    expect((await media(blob().name, { range }, 'HEAD')).status).toBe(200);
    expect((await media(blob().name, { range, 'if-range': tag })).status).toBe(206);
    expect((await media(blob().name, { range, 'if-range': `W/${tag}` })).status).toBe(200);
    expect((await media(blob().name, { range, 'if-range': '"other"' })).status).toBe(200);
  });

  it('HTTP-03: answer 304 with the headers of the 200, also to a weak tag', async () => {
    const tag = `"${blob().name.slice(0, 64)}"`;
    for (const sent of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const status = await rawStatus(`/media/${p.edition.id}/${blob().name}?token=${p.token}`, {
        'if-none-match': sent,
      });
      expect(status).toMatchObject({ status: 304, etag: tag, cacheControl: 'public, max-age=31536000, immutable' });
    }
  });

  it('are reached by their own name only', async () => {
    for (const name of [
      '..%2f..%2fsources%2fx',
      '%2e%2e%2fpasswd',
      'x.m4s',
      `${'a'.repeat(64)}.m4s`,
      `${'a'.repeat(64)}.sh`,
    ]) {
      expect((await media(name)).status).toBe(404);
    }
  });

  const rawStatus = (path: string, headers: Record<string, string>) =>
    new Promise<{ status: number | undefined; etag: unknown; cacheControl: unknown }>((resolve, reject) => {
      httpRequest(`${p.api.url}${path}`, { headers }, (response) => {
        response.resume();
        const { etag, 'cache-control': cacheControl } = response.headers;
        resolve({ status: response.statusCode, etag, cacheControl });
      })
        .once('error', reject)
        .end();
    });
});
