import { DomainError } from '#libs/domain';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Content } from './blob-store.js';
import { codeOf, ifThere, onDisk } from './failure.js';

const TRIES = 3;
const DAY_MS = 24 * 3_600_000;

/**
 * Whole originals of an object store on this machine's disk, for programs that read by path. Bounded: who was used least
 * recently goes first. What is lent is a hard link in the borrower's own folder, so that it stays whatever is evicted here,
 * also by another process, and goes with that folder.
 */
export class OriginalsCache {
  private readonly fetching = new Map<string, Promise<void>>();
  private lastUsedMs = 0;

  /** @param folder absolute, on the disk of the scratch */
  constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
  ) {}

  /**
   * @param fetch reads the original from its store
   * @throws {DomainError} `storage-failed` when what came is not `content`
   */
  async lend(content: Content, into: string, fetch: () => Promise<Readable>, signal: AbortSignal): Promise<string> {
    const lent = join(into, 'original');
    for (let tries = 0; tries < TRIES; tries++) {
      if (await this.linked(content, lent)) return lent;
      await unlessAborted(this.fetchOnce(content, fetch), signal);
    }
    throw new DomainError('storage-full', 'The cache of originals is too small for what is worked on at once.');
  }

  /** One download serves all who wait for it. It goes on when one of them is told to stop. */
  private fetchOnce(content: Content, fetch: () => Promise<Readable>): Promise<void> {
    const underWay = this.fetching.get(content.sha256);
    if (underWay) return underWay;
    const begun = this.fetch(content, fetch).finally(() => this.fetching.delete(content.sha256));
    this.fetching.set(content.sha256, begun);
    return begun;
  }

  private async fetch(content: Content, fetch: () => Promise<Readable>): Promise<void> {
    await onDisk(mkdir(this.folder, { recursive: true }));
    await this.makeRoom(content.bytes);
    const draft = join(this.folder, `${content.sha256}.${uuidv7()}.draft`);
    try {
      const source = await fetch();
      await onDisk(pipeline(source, verifying(content), createWriteStream(draft, { flags: 'wx', flush: true })));
      await onDisk(rename(draft, join(this.folder, content.sha256)));
    } finally {
      await rm(draft, { force: true });
    }
  }

  private async linked({ sha256, bytes }: Content, lent: string): Promise<boolean> {
    const kept = join(this.folder, sha256);
    if ((await ifThere(stat(kept)))?.size !== bytes) return false;
    const isLinked = await link(kept, lent).then(
      () => true,
      (error: unknown) => (codeOf(error) === 'ENOENT' ? false : onDisk<boolean>(Promise.reject(error as Error))),
    );
    if (isLinked) await ifThere(this.touch(kept));
    return isLinked;
  }

  /** Every use is later than the one before, also of two within a millisecond: who came first gives way first. */
  private touch(kept: string): Promise<void> {
    this.lastUsedMs = Math.max(Date.now(), this.lastUsedMs + 1);
    const used = new Date(this.lastUsedMs);
    return utimes(kept, used, used);
  }

  /** Removes the least recently used until there is room, and what a crash has left half-fetched a day ago. */
  private async makeRoom(bytes: number): Promise<void> {
    const kept: { path: string; size: number; usedMs: number }[] = [];
    for (const name of await onDisk(readdir(this.folder))) {
      const path = join(this.folder, name);
      const facts = await ifThere(stat(path));
      if (facts) kept.push({ path, size: facts.size, usedMs: facts.mtimeMs });
    }
    let total = kept.reduce((sum, { size }) => sum + size, bytes);
    for (const { path, size, usedMs } of kept.toSorted((a, b) => a.usedMs - b.usedMs)) {
      const isDraft = path.endsWith('.draft');
      if (isDraft ? usedMs > Date.now() - DAY_MS : total <= this.maxBytes) continue;
      await onDisk(rm(path, { force: true }));
      total -= size;
    }
  }
}

/** Lets bytes pass and fails at the end unless they are what was asked for. */
function verifying({ bytes, sha256 }: Content): Transform {
  const hash = createHash('sha256');
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      passed += chunk.length;
      done(null, chunk);
    },
    flush(done) {
      const holds = passed === bytes && hash.digest('hex') === sha256;
      done(holds ? null : new DomainError('original-gone', 'The original in the store is not what was put there.'));
    },
  });
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
