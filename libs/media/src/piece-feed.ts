import { require } from './fmp4/box.js';
import type { CheckedRendition, RenditionReader } from './rendition-reader.js';

export interface NamedRendition extends CheckedRendition {
  /** `1080p` … `240p`, `audio` */
  readonly name: string;
}

export interface PieceTaker {
  readonly signal?: AbortSignal | undefined;
  /** Takes what is whole while the rest is still encoded: every piece once, in order. Only the end waits for it. */
  readonly onPieces?: ((renditions: readonly NamedRendition[]) => Promise<void>) | undefined;
}

interface NamedReader {
  readonly name: string;
  readonly reader: RenditionReader;
}

/** Reads what an encoder has finished while it still works, and hands it on, one look at a time. */
export class PieceFeed {
  private readonly failed = new AbortController();
  private readonly taken = new Map<string, NamedRendition>();
  private looking: Promise<void> | undefined;

  constructor(
    private readonly readers: readonly NamedReader[],
    private readonly taker: PieceTaker,
  ) {}

  /** Aborts when the encode is to stop, or when its pieces are no good or nobody can take them. */
  get signal(): AbortSignal {
    const { signal } = this.taker;
    return signal ? AbortSignal.any([signal, this.failed.signal]) : this.failed.signal;
  }

  /** Looks for new pieces, unless nobody wants them early or a look is under way. */
  look(): void {
    if (!this.taker.onPieces || this.looking) return;
    this.looking = this.take(false)
      .catch((error: unknown) => this.failed.abort(error))
      .finally(() => (this.looking = undefined));
  }

  /** Waits until nobody reads or takes any more, however it ended. */
  async settle(): Promise<void> {
    await this.looking;
  }

  /** Hands on the rest, after the encoder's end, and gives all there is. @throws {DomainError} `verify-failed` */
  async end(): Promise<NamedRendition[]> {
    await this.looking;
    this.failed.signal.throwIfAborted();
    await this.take(true);
    for (const { reader } of this.readers) reader.requireWhole();
    return this.readers.flatMap(({ name }) => this.taken.get(name) ?? []);
  }

  private async take(isOver: boolean): Promise<void> {
    const fresh = (await Promise.all(this.readers.map((reader) => takeFrom(reader, isOver)))).flat();
    for (const rendition of fresh) this.keep(rendition);
    this.taker.signal?.throwIfAborted();
    if (fresh.some(({ segments }) => segments.length > 0)) await this.taker.onPieces?.(fresh);
  }

  private keep(fresh: NamedRendition): void {
    const before = this.taken.get(fresh.name);
    require(before === undefined ||
      before.init.sha256 === fresh.init.sha256, 'the beginning of a rendition has changed');
    this.taken.set(fresh.name, { ...fresh, segments: [...(before?.segments ?? []), ...fresh.segments] });
  }
}

async function takeFrom({ name, reader }: NamedReader, isOver: boolean): Promise<NamedRendition[]> {
  const rendition = await reader.take(isOver);
  return rendition ? [{ name, ...rendition }] : [];
}
