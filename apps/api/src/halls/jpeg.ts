const [MARK, START, END, SCAN, COMMENT] = [0xff, 0xd8, 0xd9, 0xda, 0xfe];

/** APP1 to APP15: Exif with place and time, XMP, previews; APP0 says no more than how to show the picture (ITU-T T.81 B.2.4.6). */
const isMetadata = (marker: number): boolean => (marker >= 0xe1 && marker <= 0xef) || marker === COMMENT;
/** Inside a scan 0xFF stands for itself before a 0, and before a restart marker. */
const belongsToScan = (next: number | undefined): boolean =>
  next === 0 || next === MARK || (next !== undefined && next >= 0xd0 && next <= 0xd7);

/** Where the data of a scan ends: at the next marker. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(MARK, from);
  while (at >= 0 && belongsToScan(bytes[at + 1])) at = bytes.indexOf(MARK, at + (bytes[at + 1] === MARK ? 1 : 2));
  return at < 0 ? bytes.length : at;
}

interface Segment {
  readonly marker: number;
  readonly bytes: Buffer;
}

/** The segments of a JPEG up to its end, each scan with its data; undefined when it has no end. */
function segmentsOf(bytes: Buffer): Segment[] | undefined {
  const segments: Segment[] = [];
  for (let at = 2; at + 2 <= bytes.length && bytes[at] === MARK;) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === END) return segments;
    if (at + 4 > bytes.length) return undefined;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const next = marker === SCAN ? endOfScan(bytes, end) : end;
    segments.push({ marker, bytes: bytes.subarray(at, next) });
    at = next;
  }
  return undefined;
}

/**
 * A JPEG with nothing in it but the picture: no place, no time, no camera, nothing after its end. Undefined when the bytes
 * are no whole JPEG.
 */
export function withoutMetadata(bytes: Buffer): Buffer | undefined {
  const segments = bytes[0] === MARK && bytes[1] === START ? segmentsOf(bytes) : undefined;
  if (!segments?.some(({ marker }) => marker === SCAN)) return undefined;
  const picture = segments.filter(({ marker }) => !isMetadata(marker)).map((segment) => segment.bytes);
  return Buffer.concat([Buffer.from([MARK, START]), ...picture, Buffer.from([MARK, END])]);
}
