import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Edition, Rendition, Segment } from '#libs/database';
import { EditionManifest, LectureSizesList, PlayGrant } from '#libs/contracts';
import { compactVerify, importSPKI } from 'jose';
import { createHash, createPublicKey } from 'node:crypto';
import { addressesOf, startPlayback, type TestPlayback } from '../../../../test/support/playback.js';
import { PlayTokens } from '../http/play-tokens.js';

describe('playback', () => {
  let p: TestPlayback;
  beforeAll(async () => {
    p = await startPlayback();
  });
  afterAll(() => p.api.close());

  const blob = () => p.edition.segments[0]?.name ?? '';

  describe('the right to play', () => {
    it('goes to learner, device and staff whose tree sees the lecture, for at least twelve hours', async () => {
      const callers: Record<string, string>[] = [
        { cookie: p.cookies.li },
        { cookie: p.cookies.librarian },
        { authorization: p.country.devices.school.authorization },
      ];
      for (const headers of callers) {
        const response = await p.ask('POST', `/lectures/${p.country.lecture.id}/play`, headers);
        expect(response.status).toBe(200);
        const grant = (await response.json()) as { expiresAt: string };
        expect(grant).toMatchObject({ durationMs: 10_000, editionId: p.edition.id, resumeMs: 0 });
        expect(Date.parse(grant.expiresAt) - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
      }
    });

    it('names the pictures for the seek bar and the poster, each to be had with the same right', async () => {
      const response = await p.ask('POST', `/lectures/${p.country.lecture.id}/play`, { cookie: p.cookies.li });
      const grant = PlayGrant.parse(await response.json());
      expect(grant.thumbnails).toMatchObject([{ fromMs: 0, tileMs: 5_000, tileWidth: 160, tileHeight: 90 }]);
      for (const url of [grant.posterUrl ?? '', grant.thumbnails[0]?.url ?? '']) {
        const picture = await fetch(new URL(url, p.api.url));
        expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      }
    });

    it('gives other players the pictures for the seek bar as a track that needs no cookie', async () => {
      const granted = await p.ask('POST', `/lectures/${p.country.lecture.id}/play`, { cookie: p.cookies.li });
      const { thumbnailsUrl } = PlayGrant.parse(await granted.json());
      const track = await fetch(thumbnailsUrl ?? '');
      expect([track.status, track.headers.get('content-type')]).toEqual([200, 'text/vtt; charset=utf-8']);
      expect(track.headers.get('access-control-allow-origin')).toBe('*');
      const [, first = '', second = ''] = (await track.text()).trimEnd().split('\n\n');
      expect(second).toMatch(/^00:00:05.000 --> 00:00:10.000\n.+#xywh=160,0,160,90$/);
      const picture = await fetch(new URL(first.split('\n')[1] ?? '', thumbnailsUrl ?? ''));
      expect(picture.headers.get('content-type')).toBe('image/jpeg');
      expect((await fetch((thumbnailsUrl ?? '').replace(/token=.*/, 'token=x'))).status).toBe(403);
    });

    it('goes to nobody without a session, nor for a lecture of a library out of sight', async () => {
      expect((await p.ask('POST', `/lectures/${p.country.lecture.id}/play`)).status).toBe(401);
      await p.api.database.query(`UPDATE course SET unit_id = $1`, [p.country.units.south]);
      const hidden = await p.ask('POST', `/lectures/${p.country.lecture.id}/play`, { cookie: p.cookies.li });
      await p.api.database.query(`UPDATE course SET unit_id = $1`, [p.country.units.centre]);
      expect(hidden.status).toBe(404);
    });

    it('is refused while nothing can be watched', async () => {
      await p.api.database.query(`UPDATE edition SET live = false`);
      const response = await p.ask('POST', `/lectures/${p.country.lecture.id}/play`, { cookie: p.cookies.li });
      await p.api.database.query(`UPDATE edition SET live = true`);
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({ code: 'not-watchable' });
    });

    it('is for one edition: another token, none, or an expired one opens nothing, and says which', async () => {
      const tokens = p.api.app.get(PlayTokens);
      const other = await tokens.mint('0190f0f0-0000-7000-8000-000000000000', 1);
      const old = await tokens.mint(p.edition.id, 1, Date.now() - 13 * 3_600_000);
      const cases = [
        ['', 'play-token-invalid'],
        [`${p.token.slice(0, -3)}AAA`, 'play-token-invalid'],
        [other.token, 'play-token-invalid'],
        [old.token, 'play-token-expired'],
      ] as const;
      for (const [wrong, code] of cases) {
        for (const path of [`/media/${p.edition.id}/${blob()}`, `/api/v1/editions/${p.edition.id}/1/master.m3u8`]) {
          const response = await fetch(`${p.api.url}${path}?token=${wrong}`);
          expect(response.status).toBe(403);
          expect(response.headers.get('content-type')).toContain('application/problem+json');
          expect(await response.json()).toMatchObject({ code });
        }
      }
    });
  });

  describe('playlists', () => {
    it('can be played from the first address to the last byte by any client, without a cookie', async () => {
      const master = await (await fetch(p.playlistUrl)).text();
      const variants = [...addressesOf(master), ...[...master.matchAll(/URI="([^"]+)"/g)].map(([, uri]) => uri ?? '')];
      // Two pictures, their sound, and sound alone.
      expect(new Set(variants).size).toBe(4);
      for (const variant of new Set(variants)) {
        const address = new URL(variant, p.playlistUrl);
        const playlist = await (await fetch(address)).text();
        const map = /EXT-X-MAP:URI="([^"]+)"/.exec(playlist)?.[1] ?? '';
        expect(addressesOf(playlist)).toHaveLength(3);
        for (const uri of [map, ...addressesOf(playlist)]) {
          const response = await fetch(new URL(uri, address));
          const bytes = Buffer.from(await response.arrayBuffer());
          expect(response.status).toBe(200);
          expect(uri).toContain(createHash('sha256').update(bytes).digest('hex'));
        }
      }
    });

    it('HLS-S02, HLS-D01: have their type, are compressed for those who take it, and differ by nothing else', async () => {
      const plain = await fetch(p.playlistUrl, { headers: { 'accept-encoding': 'identity' } });
      const packed = await fetch(p.playlistUrl, { headers: { 'accept-encoding': 'gzip' } });
      for (const response of [plain, packed]) {
        expect(response.headers.get('content-type')).toContain('application/vnd.apple.mpegurl');
        expect(response.headers.get('vary')?.toLowerCase()).toContain('accept-encoding');
        expect(response.headers.get('cache-control')).toContain('private');
        expect(response.headers.get('access-control-allow-origin')).toBe('*');
      }
      expect(packed.headers.get('content-encoding')).toBe('gzip');
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(await packed.text()).toBe(await plain.text());
    });

    it('that do not exist are not found', async () => {
      const response = await p.ask('GET', `/editions/${p.edition.id}/1/4320p.m3u8?token=${p.token}`);
      expect(response.status).toBe(404);
    });
  });

  it('HLS-M02: while it is encoded it can be watched as far as there is no gap, and what was given out only grows', async () => {
    const { manager } = p.api.database;
    await manager.update(Edition, p.edition.id, { state: 'encoding', publishedAt: null });
    const [low] = await manager.findBy(Rendition, { editionId: p.edition.id, name: '240p' });
    const renditionId = low?.id ?? '';
    const { index, durationTicks, sha256, bytes } = await manager.findOneByOrFail(Segment, { renditionId, index: 1 });
    await manager.delete(Segment, { renditionId, index: 1 });
    const granted = await p.ask('POST', `/lectures/${p.country.lecture.id}/play`, { cookie: p.cookies.li });
    const { playlistUrl } = (await granted.json()) as { playlistUrl: string };
    expect(playlistUrl).toContain('/1-early/');
    expect(await (await fetch(playlistUrl)).text()).toContain('RESOLUTION=854x480');
    const grown = async () => (await fetch(new URL(`240p.m3u8?token=${p.token}`, playlistUrl))).text();
    const begin = await grown();
    expect(begin).toContain('#EXT-X-PLAYLIST-TYPE:EVENT');
    expect(addressesOf(begin)).toHaveLength(1);
    await manager.insert(Segment, { renditionId, index, durationTicks, sha256, bytes });
    const more = await grown();
    expect(more.startsWith(begin)).toBe(true);
    expect(addressesOf(more)).toHaveLength(3);
    const final = new URL(`../1/240p.m3u8?token=${p.token}`, playlistUrl);
    expect((await fetch(final)).status).toBe(404);
    expect((await p.ask('GET', `/editions/${p.edition.id}/manifest`, { cookie: p.cookies.li })).status).toBe(409);
    await manager.update(Edition, p.edition.id, { state: 'ready', publishedAt: new Date() });
    expect(await grown()).toBe(`${more}#EXT-X-ENDLIST\n`);
    expect(await (await fetch(final)).text()).toContain('#EXT-X-PLAYLIST-TYPE:VOD');
  });

  it('the manifest lists every blob with size and digest, signed for those who hold the public key', async () => {
    const response = await p.ask('GET', `/editions/${p.edition.id}/manifest`, {
      authorization: p.country.devices.hall.authorization,
    });
    expect(response.status).toBe(200);
    const { signature, ...document } = (await response.json()) as {
      signature: string;
      blobs: { name: string; bytes: number }[];
    };
    expect(document.blobs).toHaveLength(3 * 4 + 2);
    expect(document.blobs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(p.edition.segments.map(({ name }) => name)),
    );
    const spki = createPublicKey(p.api.config.playSigningKey).export({ type: 'spki', format: 'pem' }).toString();
    const { payload } = await compactVerify(signature, await importSPKI(spki, 'ES256'));
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(document);
  });

  it('the manifest tells what each blob is for, so that who holds them can make the same playlists', async () => {
    const response = await p.ask('GET', `/editions/${p.edition.id}/manifest`, { cookie: p.cookies.li });
    const manifest = EditionManifest.parse(await response.json());
    expect(manifest.language).toBe('zh-CN');
    const named = [
      ...manifest.tracks.flatMap(({ init, segments }) => [init, ...segments]),
      ...manifest.stills.map((still) => still.blob),
    ];
    expect([...new Set(named)].sort((a, b) => a - b)).toEqual(manifest.blobs.map((_blob, at) => at));
    for (const { name, init, segments, durationTicks, timescale } of manifest.tracks) {
      const served = await (await fetch(new URL(`${name}.m3u8?token=${p.token}`, p.playlistUrl))).text();
      const files = [init, ...segments].map((at) => manifest.blobs[at]?.name ?? '');
      expect([...served.matchAll(/media\/[^/]+\/([^?]+)\?/g)].map(([, file]) => file)).toEqual(files);
      const seconds = [...served.matchAll(/#EXTINF:([\d.]+)/g)].map(([, text]) => Number(text));
      expect(seconds).toEqual(durationTicks.map((ticks) => Number((ticks / timescale).toFixed(6))));
    }
  });

  it('the sizes of a course are those of the blobs that its manifests name', async () => {
    const { cookie } = { cookie: p.cookies.li };
    const manifest = EditionManifest.parse(
      await (await p.ask('GET', `/editions/${p.edition.id}/manifest`, { cookie })).json(),
    );
    const answer = await p.ask('GET', `/courses/${p.country.course.id}/sizes`, { cookie });
    const bytesOf = (places: number[]) => places.reduce((sum, at) => sum + (manifest.blobs[at]?.bytes ?? 0), 0);
    const tracks = manifest.tracks.map((track) => ({ ...track, bytes: bytesOf([track.init, ...track.segments]) }));
    expect(LectureSizesList.parse(await answer.json()).items).toEqual([
      {
        lectureId: p.country.lecture.id,
        besideBytes: bytesOf(manifest.stills.map(({ blob: at }) => at)),
        soundBytes: tracks.find(({ kind }) => kind === 'audio')?.bytes,
        pictures: tracks.filter(({ kind }) => kind === 'video').map(({ height, bytes }) => ({ lines: height, bytes })),
      },
    ]);
  });
});
