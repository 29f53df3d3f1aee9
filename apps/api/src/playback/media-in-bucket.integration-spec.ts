import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { blobKey } from '#libs/storage';
import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { type TestApi, startApi } from '../../../../test/support/api.js';
import { S3Server } from '../../../../test/support/s3-server.js';
import { PlayTokens } from '../http/play-tokens.js';

describe('blobs in an object store', () => {
  let server: S3Server;
  let api: TestApi;
  let address: string;
  const editionId = uuidv7();
  const body = randomBytes(20_000);
  const name = `${createHash('sha256').update(body).digest('hex')}.m4s`;
  beforeAll(async () => {
    server = await new S3Server().listen();
    api = await startApi(server.environment);
    server.objects.set(blobKey(editionId, name), { body, modified: new Date() });
    const { token } = await api.app.get(PlayTokens).mint(editionId, 1_000);
    address = `${api.url}/media/${editionId}/${name}?token=${token}`;
  });
  afterEach(() => {
    server.fault = () => undefined;
  });
  afterAll(async () => {
    await api.close();
    await server.close();
  });

  it('are sent whole, in parts and as a head, by the API itself', async () => {
    const whole = await fetch(address, { redirect: 'error' });
    expect([whole.status, whole.headers.get('content-length')]).toEqual([200, '20000']);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(body);
    const part = await fetch(address, { headers: { range: 'bytes=100-199' }, redirect: 'error' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 100-199/20000']);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(body.subarray(100, 200));
    const head = await fetch(address, { method: 'HEAD', redirect: 'error' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '20000']);
  });

  it('are not there when they are not, and only then', async () => {
    const other = address.replace(name, `${'0'.repeat(64)}.m4s`);
    expect((await fetch(other)).status).toBe(404);
    for (const operation of ['HeadObject', 'GetObject']) {
      server.fault = (asked) => (asked === operation ? { status: 403, code: 'AccessDenied' } : undefined);
      const failed = await fetch(address);
      expect([failed.status, failed.headers.get('cache-control')]).toEqual([503, 'no-store']);
      expect(await failed.json()).toMatchObject({ code: 'storage-failed' });
    }
  });

  it('break off where the store does: nobody takes a part for the whole', async () => {
    server.fault = (asked) => (asked === 'GetObject' ? { breakOff: true } : undefined);
    const response = await fetch(address);
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  it('are asked for at the health of the house', async () => {
    const health = async (): Promise<unknown> => (await fetch(`${api.url}/api/v1/health`)).json();
    expect(await health()).toMatchObject({ checks: { storage: { status: expect.stringMatching(/ok|degraded/) } } });
    server.fault = () => ({ status: 404, code: 'NoSuchBucket' });
    expect(await health()).toMatchObject({ status: 'down', checks: { storage: { status: 'down' } } });
  });
});
