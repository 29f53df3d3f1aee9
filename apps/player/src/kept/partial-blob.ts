import type { KeptDatabase } from './kept-database.js';

/** A crash loses no more than this of what has come over the link. */
const WRITE_EVERY_BYTES = 256 * 1024;

const rangeOf = (path: string): IDBKeyRange => IDBKeyRange.bound([path, 0], [path, Infinity]);

/** What has arrived of one blob; survives a reload and a power cut. */
export class PartialBlob {
  private chunks: Uint8Array<ArrayBuffer>[] = [];
  private writtenBytes = 0;
  private unwritten: Uint8Array<ArrayBuffer>[] = [];
  private unwrittenBytes = 0;

  private constructor(
    private readonly db: KeptDatabase,
    private readonly path: string,
  ) {}

  /** With what came before, as far as there is no gap. */
  static async open(db: KeptDatabase, path: string): Promise<PartialBlob> {
    const blob = new PartialBlob(db, path);
    for (const { offset, bytes } of await db.getAll('partial', rangeOf(path))) {
      if (offset !== blob.writtenBytes) break;
      blob.chunks.push(bytes);
      blob.writtenBytes += bytes.length;
    }
    return blob;
  }

  get length(): number {
    return this.writtenBytes + this.unwrittenBytes;
  }

  async add(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    this.chunks.push(chunk);
    this.unwritten.push(chunk);
    this.unwrittenBytes += chunk.length;
    if (this.unwrittenBytes >= WRITE_EVERY_BYTES) await this.write();
  }

  /** Keeps what has arrived since the last time. */
  async write(): Promise<void> {
    if (this.unwrittenBytes === 0) return;
    const bytes = joined(this.unwritten, this.unwrittenBytes);
    await this.db.put('partial', { path: this.path, offset: this.writtenBytes, bytes });
    this.writtenBytes += bytes.length;
    this.unwritten = [];
    this.unwrittenBytes = 0;
  }

  whole(): Uint8Array<ArrayBuffer> {
    return joined(this.chunks, this.length);
  }

  /** Begins anew. */
  async clear(): Promise<void> {
    this.chunks = [];
    this.unwritten = [];
    this.unwrittenBytes = 0;
    this.writtenBytes = 0;
    await this.db.delete('partial', rangeOf(this.path));
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
