/** A box of ISO/IEC 14496-12 where it was found; its content lies between `start` and `end`. */
export interface Box {
  readonly type: string;
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

/** The boxes between two offsets. What is cut off or nonsense ends the list with a box of type `broken`. */
export function boxesIn(file: Buffer, from = 0, to = file.length): Box[] {
  const found: Box[] = [];
  let at = from;
  while (at < to) {
    const size = at + 8 <= to ? file.readUInt32BE(at) : 0;
    if (size < 8 || at + size > to) return [...found, { type: 'broken', at, start: to, end: to }];
    found.push({ type: file.toString('latin1', at + 4, at + 8), at, start: at + 8, end: at + size });
    at += size;
  }
  return found;
}

/** All boxes at the end of a path such as `moov/trak/mdia`. */
export const boxesAt = (file: Buffer, path: string, within?: Box): Box[] =>
  path
    .split('/')
    .reduce<Box[]>(
      (parents, type) =>
        parents.flatMap(({ start, end }) => boxesIn(file, start, end).filter((box) => box.type === type)),
      [within ?? { type: 'file', at: 0, start: 0, end: file.length }],
    );

export const boxAt = (file: Buffer, path: string, within?: Box): Box | undefined => boxesAt(file, path, within)[0];

/** The 24 flag bits of a full box. */
export const flagsOf = (file: Buffer, { start }: Box): number => file.readUIntBE(start + 1, 3);
export const versionOf = (file: Buffer, { start }: Box): number => file.readUInt8(start);

/** Reads whole numbers one after another. */
export class Cursor {
  constructor(
    private readonly file: Buffer,
    private at: number,
  ) {}

  skip(bytes: number): this {
    this.at += bytes;
    return this;
  }
  uint32(): number {
    this.at += 4;
    return this.file.readUInt32BE(this.at - 4);
  }
  int32(): number {
    return this.uint32() | 0;
  }
  uint64(): number {
    return this.uint32() * 2 ** 32 + this.uint32();
  }
  /** Of 32 bits in version 0 of a box, 64 in version 1. */
  word(version: number): number {
    return version === 1 ? this.uint64() : this.uint32();
  }
}
