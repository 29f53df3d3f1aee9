import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addressesOf, startPlayback, type TestPlayback } from '../../../../test/support/playback.js';

const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.500\n梯田\n';

describe('captions', () => {
  let p: TestPlayback;
  beforeAll(async () => {
    p = await startPlayback();
  });
  afterAll(() => p.api.close());

  const captions = (language = 'zh-CN') => `/lectures/${p.country.lecture.id}/captions/${language}`;
  const put = (body: string, more: { language?: string; type?: string; cookie?: string } = {}) =>
    p.ask(
      'PUT',
      `${captions(more.language)}?label=${encodeURIComponent('中文')}`,
      {
        cookie: more.cookie ?? p.cookies.librarian,
        'content-type': more.type ?? 'text/vtt',
      },
      body,
    );

  it('HLS-V07, HLS-V08: come as a subtitle rendition of one segment with its map of times', async () => {
    expect((await put(VTT)).status).toBe(200);
    const master = await (await fetch(p.playlistUrl)).text();
    expect(master).toContain('TYPE=SUBTITLES,GROUP-ID="captions",NAME="中文",LANGUAGE="zh-CN"');
    expect(master.match(/SUBTITLES="captions"/g)).toHaveLength(3);
    const uri = /TYPE=SUBTITLES[^\n]*URI="([^"]+)"/.exec(master)?.[1] ?? '';
    const playlist = await (await fetch(new URL(uri, p.playlistUrl))).text();
    expect(playlist).toContain('#EXTINF:10.000000,');
    const document = await fetch(new URL(addressesOf(playlist)[0] ?? '', p.playlistUrl));
    expect(document.headers.get('content-type')).toContain('text/vtt');
    expect(document.headers.get('etag')).toMatch(/^W\//);
    expect(await document.text()).toBe(`WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0${VTT.slice(6)}`);
  });

  it('HLS-D01: are compressed for those who take it, and given whole', async () => {
    await put(`${VTT}${'NOTE 水土保持\n'.repeat(200)}`);
    const master = await (await fetch(p.playlistUrl)).text();
    const playlistUrl = new URL(/TYPE=SUBTITLES[^\n]*URI="([^"]+)"/.exec(master)?.[1] ?? '', p.playlistUrl);
    const url = new URL(addressesOf(await (await fetch(playlistUrl)).text())[0] ?? '', playlistUrl);
    const packed = await fetch(url, { headers: { 'accept-encoding': 'gzip', range: 'bytes=0-5' } });
    const plain = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
    expect([packed.status, packed.headers.get('content-encoding')]).toEqual([200, 'gzip']);
    expect([plain.status, plain.headers.get('content-encoding')]).toEqual([200, null]);
    expect(await packed.text()).toBe(await plain.text());
    const again = await fetch(url, { headers: { 'if-none-match': packed.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('are set again, listed and taken away', async () => {
    await put(VTT);
    expect((await put(VTT.replace('梯田', '水土'))).status).toBe(200);
    const list = await p.ask('GET', `/lectures/${p.country.lecture.id}/captions`, { cookie: p.cookies.li });
    expect(await list.json()).toMatchObject({ items: [{ language: 'zh-CN', label: '中文' }], next: null });
    expect((await p.ask('DELETE', captions(), { cookie: p.cookies.librarian })).status).toBe(204);
    expect(await (await fetch(p.playlistUrl)).text()).not.toContain('SUBTITLES');
  });

  it('are refused when they are no WebVTT, too long, of another type, or from somebody else', async () => {
    expect(await (await put('1\n00:00:01,000 --> 00:00:02,000\nSubRip')).json()).toMatchObject({
      code: 'captions-invalid',
    });
    expect((await put(`${VTT}${'x'.repeat(1024 * 1024)}`)).status).toBe(413);
    expect((await put(VTT, { type: 'text/plain' })).status).toBe(415);
    expect((await put(VTT, { cookie: p.cookies.li })).status).toBe(403);
    expect((await put(VTT, { language: 'not a language' })).status).toBe(400);
  });
});
