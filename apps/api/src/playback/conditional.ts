/** The part of a representation that is sent: both ends included, as in `Content-Range`. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export type Part = 'not-modified' | 'unsatisfiable' | 'whole' | ByteRange;

/** The request headers that decide. */
export interface Conditions {
  readonly ifNoneMatch?: string | undefined;
  readonly ifRange?: string | undefined;
  readonly range?: string | undefined;
}

/** RFC 9110 13.2.2: If-None-Match first (weak comparison), then Range, which If-Range may take back (strong comparison). */
export function partOf({ ifNoneMatch, ifRange, range }: Conditions, etag: string, bytes: number): Part {
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, etag)) return 'not-modified';
  if (range === undefined || (ifRange !== undefined && ifRange.trim() !== etag)) return 'whole';
  return parseRange(range, bytes);
}

const matches = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);

/** One range of bytes; anything that is none (another unit, several, malformed) is ignored (RFC 9110 14.2). */
function parseRange(header: string, bytes: number): Part {
  const [, suffix] = /^bytes=\s*-(\d+)\s*$/i.exec(header) ?? [];
  if (suffix !== undefined) return lastBytes(Number(suffix), bytes);
  const [, from, to] = /^bytes=\s*(\d+)-(\d*)\s*$/i.exec(header) ?? [];
  if (from === undefined) return 'whole';
  const first = Number(from);
  const last = to ? Number(to) : Infinity;
  if (last < first) return 'whole';
  return first < bytes ? { first, last: Math.min(last, bytes - 1) } : 'unsatisfiable';
}

const lastBytes = (length: number, bytes: number): Part =>
  length === 0 || bytes === 0 ? 'unsatisfiable' : { first: Math.max(0, bytes - length), last: bytes - 1 };
