import { DomainError } from '#libs/domain';

/** A box of ISO/IEC 14496-12: its content lies between `start` and `end` of the file. */
export interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const headerBytes = 8;

/** The boxes between two offsets, in order. @throws {DomainError} `verify-failed` where a size leads nowhere. */
export function boxes(file: Buffer, from = 0, to = file.length): Box[] {
  const found: Box[] = [];
  for (let at = from; at < to;) {
    if (at + headerBytes > to) throw broken(`a box header is cut off at ${at}`);
    const size = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + headerBytes);
    if (size < headerBytes || at + size > to) throw broken(`the box ${type} at ${at} does not fit`);
    found.push({ type, start: at + headerBytes, end: at + size });
    at += size;
  }
  return found;
}

/** The one box at the end of a path such as `moov/mvex`. @throws {DomainError} `verify-failed` when it is missing. */
export function boxAt(file: Buffer, path: string, within?: Box): Box {
  return path.split('/').reduce<Box>(
    (parent, type) => {
      const child = boxes(file, parent.start, parent.end).find((box) => box.type === type);
      if (!child) throw broken(`there is no ${path}`);
      return child;
    },
    within ?? { type: 'file', start: 0, end: file.length },
  );
}

export const broken = (what: string): DomainError => new DomainError('verify-failed', `In what was encoded, ${what}.`);

export function require(holds: boolean, what: string): asserts holds {
  if (!holds) throw broken(what);
}
