import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlayGrant } from '#libs/contracts';
import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { signIn } from '../tools/api-client.js';
import { publishLecture } from '../tools/upload.js';
import { openBrowser } from './support/browser.js';
import { type Heard, playInFfmpeg, playInGstreamer, playInVlc } from './support/clients/programs.js';
import { playInBrowser, raceInShaka, type Watched, webPlayers } from './support/clients/web-players.js';
import { putCaptions } from './support/captions.js';
import { clipFolder } from './support/clips.js';
import { ADMIN_PASSWORD } from './support/config.js';
import { type House, startHouse } from './support/house.js';
import { lavfi, makeClip } from './support/recordings.js';

/** Long enough for two chunks. */
const SECONDS = 18;
const FRAMES = SECONDS * 25;

/**
 * One protected lecture, with captions, in every client there is for Debian, from its one address, with every picture of the source
 * counted. VLC counts what it takes apart, not what it shows: it tells nobody how many pictures it has decoded. Where
 * Chromium plays by itself it may change the quality, and then decodes some pictures of both.
 */
describe('a lecture is played through, every picture and the sound,', () => {
  let house: House;
  let browser: Browser;
  let folder: string;
  let url: string;
  let watched: Promise<Map<string, Watched>>;

  beforeAll(async () => {
    house = await startHouse();
    folder = await clipFolder();
    browser = await openBrowser();
    const path = await makeClip(
      folder,
      'lecture.mp4',
      ...lavfi(`testsrc2=size=640x360:rate=25:duration=${SECONDS}`),
      ...lavfi(`sine=frequency=440:sample_rate=48000:duration=${SECONDS}`),
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50', '-pix_fmt', 'yuv420p'],
    );
    const admin = await signIn(house.url, 'admin', ADMIN_PASSWORD);
    const { id } = await publishLecture(admin, { title: 'Terraces', path });
    await putCaptions(house.url, admin.cookie, id);
    url = ((await admin.post(`/lectures/${id}/play`)) as PlayGrant).playlistUrl;
    watched = Promise.all(
      webPlayers.map(async (player) => [player, await playInBrowser(browser, player, url)] as const),
    ).then((all) => new Map(all));
    // Whoever asks hears of a failure; until then nobody does.
    watched.catch(() => undefined);
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await house.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const whole = { frames: FRAMES, soundSeconds: expect.closeTo(SECONDS, 1) };
  const expectWhole = (heard: Heard) => {
    expect(heard).toEqual(whole);
  };

  it('by ffmpeg', async () => expectWhole(await playInFfmpeg(url)));
  it.each(['hlsdemux', 'hlsdemux2'] as const)("by GStreamer's %s", async (demuxer) =>
    expectWhole(await playInGstreamer(url, demuxer)),
  );
  it('by VLC', async () => expectWhole(await playInVlc(url)));

  it.each(webPlayers)('by %s', async (player) => {
    const seen = (await watched).get(player);
    expect(seen).toEqual({
      ended: true,
      positionS: expect.closeTo(SECONDS, 1),
      frames: expect.any(Number),
      hasSound: true,
      errors: [],
    });
    if (player === 'Chromium itself') expect(seen?.frames).toBeGreaterThanOrEqual(FRAMES);
    else expect(seen?.frames).toBe(FRAMES);
  });

  it('HLS-V09: or raced through by its I-frames alone', async () => {
    const raced = await raceInShaka(browser, url);
    expect(raced).toMatchObject({ ended: true, errors: [] });
    // How many depends on what it had fetched before it was told to race; that few pictures were decoded does not.
    expect(raced.parts).toBeGreaterThan(0);
    expect(raced.frames).toBeLessThan(FRAMES / 2);
  });

  it('by nobody without the right to play', async () => {
    const bare = url.replace(/\?.*/, '');
    await expect(playInFfmpeg(bare)).rejects.toThrow('403');
    await expect(playInGstreamer(bare, 'hlsdemux2')).rejects.toThrow();
  });
});
