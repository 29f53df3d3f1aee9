import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlayGrant } from '#libs/contracts';
import { readFile } from 'node:fs/promises';
import { signIn } from '../tools/api-client.js';
import { startTopology, type Topology } from '../tools/topology.js';
import { publishLecture } from '../tools/upload.js';

const CLIP = 'test/media/classroom-en-720p25.mp4';

/** Of the first URI in a playlist that fits. */
async function firstUri(playlistUrl: string, fits: RegExp): Promise<string> {
  const playlist = await (await fetch(playlistUrl)).text();
  const uri = playlist.split('\n').find((line) => line !== '' && !line.startsWith('#') && fits.test(line));
  if (!uri) throw new Error(`No ${fits.source} in ${playlist}`);
  return new URL(uri, playlistUrl).href;
}

function withoutToken(url: string): string {
  const bare = new URL(url);
  bare.searchParams.delete('token');
  return bare.href;
}

describe('nginx, Redis, two APIs and two workers', () => {
  let topology: Topology;
  let segmentUrl: string;

  beforeAll(async () => {
    topology = await startTopology();
  }, 120_000);
  afterAll(() => topology.stop());

  it('takes an upload through nginx and makes it ready', async () => {
    const admin = await signIn(topology.url, 'admin', topology.adminPassword);
    const { id } = await publishLecture(admin, { title: 'In the classroom', path: CLIP });
    const { playlistUrl } = (await admin.post(`/lectures/${id}/play`)) as PlayGrant;
    const variantUrl = await firstUri(new URL(playlistUrl, topology.url).href, /m3u8/);
    segmentUrl = await firstUri(variantUrl, /\.m4s/);
    expect(new URL(segmentUrl).origin).toBe(topology.url);
  }, 300_000);

  it('serves a segment with the right to play, to be kept for ever', async () => {
    const response = await fetch(segmentUrl);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'video/iso.segment',
      'cache-control': 'public, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^"/),
    });
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  it('serves a part of a segment, and nothing to who has it already', async () => {
    const part = await fetch(segmentUrl, { headers: { range: 'bytes=4-7' } });
    expect(part.status).toBe(206);
    expect(await part.text()).toMatch(/^(styp|moof|sidx|prft|emsg)$/);
    const again = await fetch(segmentUrl, { headers: { 'if-none-match': part.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('refuses a segment without the right to play, with a forged one, or with that of another edition', async () => {
    const forged = segmentUrl.replace(/.{4}$/, 'AAAA');
    const elsewhere = segmentUrl.replace(/\/media\/[^/]+/, '/media/01980000-0000-7000-8000-000000000000');
    for (const url of [withoutToken(segmentUrl), forged, elsewhere]) {
      const response = await fetch(url, { headers: { 'accept-language': 'zh-CN' } });
      expect(response.status).toBe(403);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(await response.json()).toMatchObject({ code: 'play-token-invalid', title: '此链接无权播放该讲座。' });
    }
  });

  it('writes no token into its log', async () => {
    const log = await readFile(topology.accessLog, 'utf8');
    expect(log).toContain('.m4s');
    expect(log).not.toContain('token');
  });

  it('serves segments from disk while no API runs', async () => {
    await topology.stopApis();
    expect((await fetch(segmentUrl)).status).toBe(200);
    expect((await fetch(withoutToken(segmentUrl))).status).toBe(403);
    expect((await fetch(`${topology.url}/api/v1/health`)).status).toBe(502);
  });
});
