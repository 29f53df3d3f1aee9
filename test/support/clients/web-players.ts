import type HlsType from 'hls.js';
import type { Browser, Page } from 'playwright-core';

/** What a player in a page got out of a lecture by playing it to its end. */
export interface Watched {
  readonly ended: boolean;
  readonly positionS: number;
  readonly frames: number;
  readonly hasSound: boolean;
  /** What the player said went wrong. */
  readonly errors: readonly string[];
}

interface ShakaPlayer {
  attach(video: HTMLVideoElement): Promise<void>;
  configure(settings: object): void;
  load(url: string): Promise<void>;
  trickPlay(rate: number): void;
  addEventListener(type: 'error', listener: (event: { detail: { code: number } }) => void): void;
}

/** What the players' scripts leave in a page, and where our own pieces of script find each other. */
interface Hall {
  Hls: typeof HlsType;
  shaka: { Player: new () => ShakaPlayer };
  player: ShakaPlayer;
  errors: string[];
}

interface Opening {
  readonly url: string;
  /** By I-frames alone, so many times as fast; only Shaka can. */
  readonly race?: number;
}

/** One quality from beginning to end where a player can be told so: then no picture is decoded twice. */
const players = {
  'Chromium itself': {
    script: undefined,
    open: ({ url }: Opening): void => {
      const video = document.querySelector('video');
      if (video) video.src = url;
    },
  },
  'hls.js': {
    script: 'node_modules/hls.js/dist/hls.min.js',
    open: ({ url }: Opening): void => {
      const hall = globalThis as unknown as Hall;
      const hls = new hall.Hls({ startLevel: 0 });
      hls.on(hall.Hls.Events.ERROR, (_, { details }) => hall.errors.push(details));
      hls.on(hall.Hls.Events.MANIFEST_PARSED, () => (hls.loadLevel = 0));
      hls.loadSource(url);
      const video = document.querySelector('video');
      if (video) hls.attachMedia(video);
    },
  },
  Shaka: {
    script: 'node_modules/shaka-player/dist/shaka-player.compiled.js',
    open: async ({ url, race }: Opening): Promise<void> => {
      const hall = globalThis as unknown as Hall;
      const video = document.querySelector('video');
      hall.player = new hall.shaka.Player();
      hall.player.addEventListener('error', ({ detail }) => hall.errors.push(String(detail.code)));
      hall.player.configure({ abr: { enabled: false } });
      if (video) await hall.player.attach(video);
      await hall.player.load(url);
      if (race) hall.player.trickPlay(race);
    },
  },
} as const;
export type WebPlayer = keyof typeof players;
export const webPlayers = Object.keys(players) as WebPlayer[];

/** Double speed: what is decoded is the same, and the test is over sooner. */
const RATE = 2;

/** Plays to the end, on a page that belongs to nobody. */
export async function playInBrowser(browser: Browser, player: WebPlayer, url: string): Promise<Watched> {
  const page = await pageWith(browser, player);
  await page.evaluate(players[player].open, { url });
  const watched = await page.evaluate(playToTheEnd, RATE);
  await page.context().close();
  return watched;
}

/** Races through by I-frames alone. @returns what was watched, and how many parts of files were fetched for it. */
export async function raceInShaka(browser: Browser, url: string): Promise<Watched & { parts: number }> {
  const page = await pageWith(browser, 'Shaka');
  let parts = 0;
  page.on('response', (response) => (parts += response.status() === 206 ? 1 : 0));
  await page.evaluate(players.Shaka.open, { url, race: 8 });
  const watched = await page.evaluate(playToTheEnd, undefined);
  await page.context().close();
  return { ...watched, parts };
}

async function pageWith(browser: Browser, player: WebPlayer): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  const { script } = players[player];
  await page.setContent('<video muted playsinline></video>');
  await page.evaluate(() => ((globalThis as unknown as Hall).errors = []));
  if (script) await page.addScriptTag({ path: script });
  return page;
}

/** Runs in the page. @param rate left out: the player has set it */
async function playToTheEnd(rate: number | undefined): Promise<Watched> {
  const { errors } = globalThis as unknown as Hall;
  const video = document.querySelector('video');
  if (!video) throw new Error('There is no video in the page');
  const end = new Promise((resolve) => {
    video.addEventListener('ended', resolve);
    video.addEventListener('error', resolve);
  });
  if (rate) video.defaultPlaybackRate = rate;
  await video.play();
  if (rate) video.playbackRate = rate;
  await end;
  const { webkitAudioDecodedByteCount: soundBytes } = video as unknown as { webkitAudioDecodedByteCount: number };
  return {
    ended: video.ended,
    positionS: video.currentTime,
    frames: video.getVideoPlaybackQuality().totalVideoFrames,
    hasSound: soundBytes > 0,
    errors: [...errors, ...(video.error ? [video.error.message] : [])],
  };
}
