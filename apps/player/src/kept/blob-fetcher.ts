import type { KeptManifest } from './keep-quality.js';
import type { KeptDatabase } from './kept-database.js';
import { blobPath } from './kept-addresses.js';
import type { LinkMeter } from './link-meter.js';
import { PartialBlob } from './partial-blob.js';

/**
 * What became of a blob. `link`: it broke off; `right`: the right to it has run out; `gone`: the server has it no more; `damaged`:
 * it is not what its name says; `limit`: hours or megabytes are over; `no-room`: the storage is full.
 */
export type Fetched = 'kept' | 'link' | 'right' | 'gone' | 'damaged' | 'limit' | 'no-room';

/** A link on which nothing arrives for so long has broken, whatever the system says. */
const SILENCE_MS = 20_000;

const contentTypes: Readonly<Record<string, string>> = {
  m4s: 'video/iso.segment',
  mp4: 'video/mp4',
  jpg: 'image/jpeg',
  vtt: 'text/vtt; charset=utf-8',
};

type Blob = KeptManifest['blobs'][number];

/** Brings blobs onto the device, each from where it broke off the last time, and checks it against its name. */
export class BlobFetcher {
  constructor(
    private readonly db: KeptDatabase,
    private readonly cache: Pick<Cache, 'put'>,
    private readonly meter: LinkMeter,
    private readonly send: typeof fetch = (...args) => fetch(...args),
  ) {}

  async fetch(editionId: string, blob: Blob, token: string): Promise<Fetched> {
    const path = blobPath(editionId, blob.name);
    const partial = await PartialBlob.open(this.db, path);
    if (partial.length > blob.bytes) await partial.clear();
    const arrived = partial.length < blob.bytes ? await this.arrive(partial, blob, `${path}?token=${token}`) : 'whole';
    if (arrived === 'whole') return this.store(partial, blob, path);
    await (arrived === 'damaged' ? partial.clear() : partial.write());
    return arrived;
  }

  private async arrive(partial: PartialBlob, blob: Blob, url: string): Promise<Fetched | 'whole'> {
    const allowance = this.meter.allowance();
    if (!allowance.mayFetch) return 'limit';
    const last = Math.min(blob.bytes, partial.length + allowance.bytesLeft) - 1;
    const patience = new Patience();
    try {
      const response = await this.send(url, { ...asking(partial.length, last, blob), signal: patience.signal });
      if (!response.ok || !response.body) return refused(response.status);
      if (response.status === 200) await partial.clear();
      await this.collect(partial, blob.bytes, chunksOf(response.body, patience));
    } catch (error) {
      if (isFull(error)) return 'no-room';
    } finally {
      patience.end();
    }
    return this.standingOf(partial, blob.bytes, last);
  }

  private standingOf({ length }: PartialBlob, bytes: number, last: number): Fetched | 'whole' {
    if (length === bytes) return 'whole';
    if (length > bytes) return 'damaged';
    return length > last || !this.meter.allowance().mayFetch ? 'limit' : 'link';
  }

  /** Stops where more comes than belongs to the blob, and when the hours are over. */
  private async collect(partial: PartialBlob, bytes: number, chunks: AsyncIterable<Uint8Array<ArrayBuffer>>) {
    let received = 0;
    try {
      for await (const chunk of chunks) {
        received += chunk.length;
        await partial.add(chunk);
        if (partial.length > bytes || !this.meter.allowance().mayFetch) return;
      }
    } finally {
      await this.meter.take(received);
    }
  }

  /** A piece fits into memory, so it is hashed whole, by the browser's own SHA-256. */
  private async store(partial: PartialBlob, blob: Blob, path: string): Promise<Fetched> {
    const bytes = partial.whole();
    if ((await sha256Of(bytes)) !== blob.sha256) {
      await partial.clear();
      return 'damaged';
    }
    const headers = {
      'content-type': contentTypes[blob.name.split('.')[1] ?? ''] ?? 'application/octet-stream',
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      etag: `"${blob.sha256}"`,
    };
    try {
      await this.cache.put(path, new Response(bytes, { headers }));
    } catch (error) {
      if (isFull(error)) return 'no-room';
      throw error;
    }
    await partial.clear();
    return 'kept';
  }
}

/** The service worker and the browser's own cache are left out: the bytes are kept once. */
function asking(from: number, last: number, { bytes, sha256 }: Blob): RequestInit {
  const isWhole = from === 0 && last === bytes - 1;
  return {
    cache: 'no-store',
    ...(isWhole ? {} : { headers: { range: `bytes=${from}-${last}`, 'if-range': `"${sha256}"` } }),
  };
}

function refused(status: number): Fetched {
  if (status === 401 || status === 403) return 'right';
  if (status === 404 || status === 410) return 'gone';
  return status === 416 ? 'damaged' : 'link';
}

const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';

export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Gives up when nothing has come for a while. */
class Patience {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly signal = this.controller.signal;

  constructor() {
    this.renew();
  }

  renew(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.controller.abort(), SILENCE_MS);
  }

  /** Also of what is still under way. */
  end(): void {
    clearTimeout(this.timer);
    this.controller.abort();
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array<ArrayBuffer>>, patience: Patience) {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    patience.renew();
    yield value;
  }
}
