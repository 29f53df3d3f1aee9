/** @jest-environment node */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { BlobFetcher, sha256Of, type Fetched } from './blob-fetcher.js';
import { openKeptDatabase, type KeptDatabase } from './kept-database.js';
import { LinkMeter } from './link-meter.js';

const NOW = Date.parse('2026-11-28T12:00Z');

/** A house behind a link that breaks after so many bytes of each answer; counts what came over it. */
class Link {
  sentBytes = 0;
  readonly breaks: number[] = [];

  constructor(readonly content: Uint8Array<ArrayBuffer>) {}

  readonly send: typeof fetch = (_url, options) => {
    const range = new Headers(options?.headers).get('range');
    const [first = 0, last = this.content.length - 1] = (range?.match(/\d+/g) ?? []).map(Number);
    const asked = this.content.slice(first, last + 1);
    const afterBytes = this.breaks.shift() ?? Infinity;
    return Promise.resolve(new Response(this.flow(asked, afterBytes), { status: range ? 206 : 200 }));
  };

  private flow(bytes: Uint8Array<ArrayBuffer>, afterBytes: number): ReadableStream<Uint8Array<ArrayBuffer>> {
    let at = 0;
    return new ReadableStream({
      pull: (flow) => {
        if (at >= afterBytes) {
          flow.error(new TypeError('network error'));
          return;
        }
        if (at >= bytes.length) {
          flow.close();
          return;
        }
        const piece = bytes.slice(at, Math.min(bytes.length, at + 100, afterBytes));
        at += piece.length;
        this.sentBytes += piece.length;
        flow.enqueue(piece);
      },
    });
  }
}

let db: KeptDatabase;
let shelf: Map<string, Response>;
beforeEach(async () => {
  db = await openKeptDatabase('kept-spec');
  shelf = new Map();
});
afterEach(async () => {
  db.close();
  await deleteDB('kept-spec');
});

const noise = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7919) % 251);
const put = (path: RequestInfo | URL, response: Response) => {
  shelf.set(path as string, response);
  return Promise.resolve();
};
async function stand(content: Uint8Array<ArrayBuffer>, mbPerMonth: number | null = null) {
  const meter = new LinkMeter(db, () => NOW);
  await meter.obey({ hours: null, mbPerMonth, timeZone: 'UTC' });
  const link = new Link(content);
  const sha256 = await sha256Of(content);
  const blob = { name: `${sha256}.m4s`, sha256, bytes: content.length };
  // As after a reload: nothing is remembered but what the device holds.
  const fetchOnce = (): Promise<Fetched> =>
    new BlobFetcher(db, { put }, meter, link.send).fetch('edition', blob, 'token');
  const kept = async () => new Uint8Array((await shelf.get(`/media/edition/${blob.name}`)?.arrayBuffer()) ?? []);
  return { link, fetchOnce, kept, blob };
}

describe('fetching a blob', () => {
  it('over a link that breaks anywhere takes every byte once, whatever is closed in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2000 }),
        fc.array(fc.nat(900), { maxLength: 5 }),
        async (size, breaks) => {
          const { link, fetchOnce, kept } = await stand(noise(size));
          link.breaks.push(...breaks);
          let fetched = await fetchOnce();
          for (let tries = 0; fetched === 'link' && tries < 10; tries += 1) fetched = await fetchOnce();
          expect(fetched).toBe('kept');
          expect(link.sentBytes).toBe(size);
          expect(await kept()).toEqual(link.content);
          expect(await db.count('partial')).toBe(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('keeps nothing that is not what its name says, and begins anew', async () => {
    const { link, fetchOnce, kept } = await stand(noise(500));
    link.content[100] = 255;
    expect(await fetchOnce()).toBe('damaged');
    expect([(await kept()).length, await db.count('partial')]).toEqual([0, 0]);
    link.content.set(noise(500));
    expect(await fetchOnce()).toBe('kept');
  });

  it('stops at the last byte that the month allows, and counts on with the next', async () => {
    const { link, fetchOnce } = await stand(noise(1500), 1);
    await db.put('used', 999_200, '2026-11');
    expect((await stand(noise(1), 1)).blob.bytes).toBe(1);
    const again = await stand(noise(1500), 1);
    expect(await again.fetchOnce()).toBe('limit');
    expect(again.link.sentBytes).toBe(800);
    expect(await db.get('used', '2026-11')).toBe(1_000_000);
    expect(await again.fetchOnce()).toBe('limit');
    expect(again.link.sentBytes).toBe(800);
    // The first one has read the ledger before: it takes only what is not here yet.
    expect(await fetchOnce()).toBe('kept');
    expect(link.sentBytes).toBe(700);
  });

  it('tells a right that has run out from a link that broke', async () => {
    const { blob } = await stand(noise(10));
    const meter = new LinkMeter(db, () => NOW);
    const answers = [401, 403, 404, 416, 503] as const;
    const fetched = [];
    for (const status of answers)
      fetched.push(
        await new BlobFetcher(db, { put }, meter, () => Promise.resolve(new Response('no', { status }))).fetch(
          'e',
          blob,
          't',
        ),
      );
    expect(fetched).toEqual(['right', 'right', 'gone', 'damaged', 'link']);
  });
});
