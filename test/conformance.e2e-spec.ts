import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlayGrant } from '#libs/contracts';
import { rm } from 'node:fs/promises';
import { signIn } from '../tools/api-client.js';
import { publishLecture } from '../tools/upload.js';
import { putCaptions } from './support/captions.js';
import { clipFolder } from './support/clips.js';
import { ADMIN_PASSWORD } from './support/config.js';
import { download, type DownloadedAsset } from './support/hls/download.js';
import { flaws } from './support/hls/flaws.js';
import { growingRules, unfound } from './support/hls/growing-rules.js';
import { valuesOf } from './support/hls/playlist-text.js';
import { rules } from './support/hls/rules.js';
import { sources } from './support/hls/sources.js';
import { type House, startHouse } from './support/house.js';

/** Where those go on watching who began while it was encoded. */
const early = 'at the address under which it grew';
/** There, rates are estimates with rules of their own, and I-frames are not offered alone. */
const earlyRules = [
  ...rules.filter(({ id }) => !['HLS-M02', 'HLS-V03', 'HLS-V04', 'HLS-V09'].includes(id)),
  ...growingRules,
];

/**
 * Every line of STANDARDS 1.3 and 1.9 that applies, over lectures that went through upload, encoding and publishing, and
 * were fetched by their one address. Lines that do not apply, or are proved elsewhere:
 *
 * - HLS-V10 (session data, SCORE), HLS-V11 (keys), EXT-X-BITRATE of HLS-M09: we write none of them; the right to play is
 *   a signed token.
 * - HLS-V06 on alternative languages and audio description, HLS-V07 on captions for the hard of hearing and by machines:
 *   an edition has one sound, and nobody says of captions which kind they are.
 * - HLS-V08 on cues in each period: captions are one segment, which holds them all
 *   (at the early address one a piece; playback's integration specs).
 * - HLS-D01 of captions, HTTP-02 on ranges that are ignored, If-Range, HTTP-03 on several tags: playback's own
 *   integration specs, which ask a server about bytes of any kind.
 * - HLS-D03 on TLS and HTTP-05: what stands before the API (the story of the topology).
 * - HLS-D04 on replacing playlists: they are made from rows in one transaction, not files. HLS-M02 on playlists while they
 *   grow: playback's integration spec, and the story of early viewing.
 * - Recommendations that we do not follow, and why: segments of 4 s, not 6 (HLS-M01; sooner to begin and to change on
 *   slow links); one IDR picture a segment, not one every 2 s (HLS-F03; still pictures cost next to nothing so); I-frames
 *   as dense as segments, not every second (HLS-V09); a peak up to the rung's cap, so more than twice the average of
 *   still pictures (HLS-V04).
 * - HLS-F05 on stereo: speech is one channel; it is AAC-LC, which every player of stereo plays (ADR 30).
 */
describe('a published lecture', () => {
  let house: House;
  let folder: string;
  const assets = new Map<string, DownloadedAsset>();

  beforeAll(async () => {
    house = await startHouse();
    folder = await clipFolder();
    const admin = await signIn(house.url, 'admin', ADMIN_PASSWORD);
    const published = Object.entries(sources).map(async ([name, make]) => {
      const { id } = await publishLecture(admin, { title: name, path: await make(folder) });
      if (name === 'with captions') await putCaptions(house.url, admin.cookie, id);
      const { playlistUrl } = (await admin.post(`/lectures/${id}/play`)) as PlayGrant;
      return [name, playlistUrl] as const;
    });
    for (const [name, playlistUrl] of await Promise.all(published)) {
      assets.set(name, await download(playlistUrl));
      if (name === 'with captions') assets.set(early, await download(playlistUrl.replace('/1/', '/1-early/')));
    }
  }, 300_000);
  afterAll(async () => {
    await house.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const assetOf = (name: string): DownloadedAsset => {
    const asset = assets.get(name);
    if (!asset) throw new Error(`The lecture ${name} was not published`);
    return asset;
  };

  describe.each(Object.keys(sources))('%s', (name) => {
    it.each(rules.map((rule) => [rule.id, rule.says, rule] as const))('%s: %s', (_, __, { broken }) => {
      expect(broken(assetOf(name))).toEqual([]);
    });
  });

  describe(early, () => {
    it.each(earlyRules.map((rule) => [rule.id, rule.says, rule] as const))('%s: %s', (_, __, { broken }) => {
      expect(broken(assetOf(early))).toEqual([]);
    });

    it('HLS-V03, HLS-V04: rates with a flaw are found', () => {
      expect(unfound(assetOf(early))).toEqual([]);
    });

    it('HLS-M02: every media playlist has grown to its end', () => {
      for (const playlist of assetOf(early).media.values()) {
        expect(valuesOf(playlist, '#EXT-X-PLAYLIST-TYPE')).toEqual(['EVENT']);
        expect(playlist).toMatch(/#EXT-X-ENDLIST\n$/);
      }
    });
  });

  describe('with a flaw is found by the checker:', () => {
    it.each(flaws.map((flaw) => [flaw.id, flaw.what, flaw] as const))('%s, %s', (id, _, { made }) => {
      const flawed = made(assetOf('with captions'));
      expect(rules.filter((rule) => rule.id === id).flatMap(({ broken }) => broken(flawed))).not.toEqual([]);
    });

    it('every rule there is', () => {
      const asset = assetOf('with captions');
      const unproved = rules.filter(
        ({ id, broken }) => !flaws.some((flaw) => flaw.id === id && broken(flaw.made(asset)).length > 0),
      );
      expect(unproved.map(({ id, says }) => `${id}: ${says}`)).toEqual([]);
    });
  });
});
