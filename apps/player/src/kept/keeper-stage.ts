import type { CourseView, EditionManifest, LectureView, SelectionView, SiteView } from '#libs/contracts';
import { deleteDB } from 'idb';
import { Refusal } from '../server/refusal.js';
import { openPlayerDatabase } from '../store/player-database.js';
import type { Viewer } from '../viewer/viewer.js';
import { BlobFetcher, sha256Of } from './blob-fetcher.js';
import { openKeptDatabase } from './kept-database.js';
import { genuine } from './genuine.js';
import { HouseKeys } from './house-keys.js';
import { KeptLibrary } from './kept-library.js';
import { Keeper } from './keeper.js';
import { LectureFetcher } from './lecture-fetcher.js';
import { LinkMeter } from './link-meter.js';
import { OrderReader } from './order-reader.js';

const ORIGIN = 'http://house';
/** Of each lecture: one piece and its head. */
export const LECTURE_BYTES = 1100;

const pieces = (lectureId: string) => [100, 1000].map((size) => new Uint8Array(size).fill(lectureId.length));
const course = { id: 'soil', title: 'Soil', selected: true } as CourseView;
export const lectureOf = (id: string): LectureView =>
  ({ id, title: id, courseId: course.id, position: 0, editionId: `${id}-1`, watchable: true }) as LectureView;

async function manifestOf(lectureId: string): Promise<EditionManifest> {
  const hashes = await Promise.all(pieces(lectureId).map(sha256Of));
  const picture = {
    kind: 'video',
    name: '240p',
    codecs: 'avc1',
    timescale: 1000,
    frameRate: 25,
    channels: null,
  } as const;
  return {
    ...{ editionId: `${lectureId}-1`, lectureId, durationMs: 6000, language: 'en', captions: [], stills: [] },
    blobs: hashes.map((sha256, at) => ({ name: `${sha256}.m4s`, sha256, bytes: pieces(lectureId)[at]?.length ?? 0 })),
    tracks: [{ ...picture, width: 426, height: 240, init: 0, segments: [1], durationTicks: [6000] }],
    signature: '',
  };
}

const pageOf = <T>(items: T[]) => ({ items, next: null });
const grantOf = (id: string) => ({ editionId: `${id}-1`, playlistUrl: `/media/${id}-1/master.m3u8?token=right` });

/** A house with some lectures, and the link of one site to it. */
class House {
  linkHours: string | null = null;
  /** Whether it says by which key it signs. Nothing here is signed by any, so whoever knows one takes all for forged. */
  tellsItsKeys = true;
  picks: string[] = [];
  readonly asked: string[] = [];

  readonly answer: typeof fetch = async (input) => {
    const { pathname, searchParams } = new URL(input as string, ORIGIN);
    this.asked.push(pathname);
    const blob = /^\/media\/(.+)-1\/(.+)\.m4s$/.exec(pathname);
    if (blob) return new Response(await this.piece(blob[1] ?? '', blob[2] ?? ''));
    return Response.json(await this.said(pathname.replace('/api/v1', ''), searchParams.get('selected') === 'true'));
  };

  private said(path: string, isPicked: boolean): unknown {
    const [, kind = '', id = '', more] = path.split('/');
    const [, edition = ''] = /^(.*)-1$/.exec(id) ?? [];
    const answers: Readonly<Record<string, () => unknown>> = {
      sites: () => ({ linkHours: this.linkHours, linkMbPerMonth: null, timeZone: 'UTC' }) satisfies Partial<SiteView>,
      device: () => ({}),
      courses: () => course,
      editions: () => manifestOf(edition),
      selections: () => pageOf(this.selections()),
      lectures: () => (id === '' ? pageOf(isPicked ? this.picks.map(lectureOf) : []) : lectureOf(id)),
    };
    return more === 'play' ? grantOf(id) : answers[kind]?.();
  }

  /** The newest first. */
  private selections(): SelectionView[] {
    return this.picks.map((lectureId) => ({ courseId: null, lectureId }) as SelectionView).toReversed();
  }

  private async piece(lectureId: string, sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    for (const piece of pieces(lectureId)) if ((await sha256Of(piece)) === sha256) return piece;
    throw new Error(`There is no ${sha256} of ${lectureId}.`);
  }
}

/** What a browser gives a page to keep things in, of so many bytes. */
class Shelf {
  readonly there = new Map<string, Response>();
  capacityBytes = 1e9;

  readonly open = () => Promise.resolve(this as unknown as Cache);
  readonly put = (path: string, response: Response) => Promise.resolve(void this.there.set(path, response));
  readonly match = (path: string) => Promise.resolve(this.there.get(path));
  readonly delete = (path: string) => Promise.resolve(this.there.delete(path));
  readonly keys = () => Promise.resolve([...this.there.keys()].map((path) => ({ url: `${ORIGIN}${path}` })));

  readonly room = () => {
    const usedBytes = [...this.there.values()].reduce(
      (sum, { headers }) => sum + Number(headers.get('content-length') ?? 0),
      0,
    );
    return Promise.resolve({ freeBytes: this.capacityBytes - usedBytes, usedBytes });
  };
}

const viewer: Viewer = {
  person: undefined,
  device: { deviceId: 'screen', siteId: 'hall', siteName: 'Hall', deviceName: 'Screen', credential: 'secret' },
};

/** The lock of the keepers of one browser: whoever waits for one to come to rest sees it here. */
class Locks {
  isHeld = false;

  readonly request = async (_name: string, work: () => Promise<void>): Promise<void> => {
    this.isHeld = true;
    await work().finally(() => {
      this.isHeld = false;
    });
  };
}

/** What the page gives its keeper, put in place of a browser's. */
function furnish(house: House, shelf: Shelf, locks: Locks): () => void {
  const names = ['fetch', 'caches', 'location', 'navigator'] as const;
  const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  const own = { fetch: house.answer, caches: shelf, location: { href: ORIGIN }, navigator: { locks } };
  for (const name of names)
    Object.defineProperty(globalThis, name, { value: own[name], configurable: true, writable: true });
  return () => {
    for (const [at, name] of names.entries()) {
      const was = before[at];
      if (was) Object.defineProperty(globalThis, name, was);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
}

/** A keeper on a hall's screen, with a house and a shelf of its own. */
export async function openKeeper(name: string) {
  const [house, shelf, locks] = [new House(), new Shelf(), new Locks()];
  const restore = furnish(house, shelf, locks);
  const [db, keptDb] = [await openPlayerDatabase(name), await openKeptDatabase(`${name}-kept`)];
  const library = new KeptLibrary(keptDb, () => viewer);
  const meter = new LinkMeter(keptDb);
  const askAgain = () => {
    house.asked.push('keys');
    return house.tellsItsKeys ? Promise.resolve() : Promise.reject(new Refusal('no-link', 0));
  };
  const keys = new HouseKeys(db, { askAgain }, () => viewer);
  const lectures = new LectureFetcher({
    ...{ library, room: shelf.room, authorization: () => 'Device secret' },
    blobs: new BlobFetcher(keptDb, shelf, meter, house.answer),
    genuine: (manifest) => genuine(manifest, keys),
  });
  const orders = new OrderReader(db, library, () => viewer);
  const keeper = new Keeper({ library, meter, lectures, orders, onRound: keys.beginRound });
  library.employ(keeper);
  await library.refresh();
  const close = async () => {
    for (const each of [db, keptDb]) each.close();
    await deleteDB(name);
    await deleteDB(`${name}-kept`);
    restore();
  };
  const keep = (id: string) => library.keep({ lecture: lectureOf(id), course, quality: '240' });
  const knowKey = () => db.put('things', { bundleKey: '', receiptKey: 'of the house' }, 'house');
  return { house, shelf, locks, library, keeper, keep, knowKey, close };
}
