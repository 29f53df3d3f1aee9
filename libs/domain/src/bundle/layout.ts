/** Bytes with a buffer of their own, as Web Crypto takes them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** `LCTRBDL1` in ASCII. */
const MAGIC = Uint8Array.of(0x4c, 0x43, 0x54, 0x52, 0x42, 0x44, 0x4c, 0x31);

/** A file holds as many at most; what comes after them is not read. */
export const MAX_BUNDLES = 500;
/** Of a whole file: a year of a hall fits several times. */
export const MAX_BUNDLE_FILE_BYTES = 16 * 1024 * 1024;

export const KEY_ID_BYTES = 32;
export const POINT_BYTES = 65;
export const IV_BYTES = 12;
export const SIGNATURE_BYTES = 64;
const LENGTH_AT = MAGIC.length;
const HOUSE_AT = LENGTH_AT + 4;
const POINT_AT = HOUSE_AT + KEY_ID_BYTES;
const IV_AT = POINT_AT + POINT_BYTES;
export const HEADER_BYTES = IV_AT + IV_BYTES;

/** What stands open at the head of a bundle (docs/bundles.md). */
export interface BundleHeader {
  /** {@link keyId} of the house that can open it. */
  readonly houseId: Bytes;
  readonly ephemeralPoint: Bytes;
  readonly iv: Bytes;
}

export function writeHeader({ houseId, ephemeralPoint, iv }: BundleHeader, sealedBytes: number): Bytes {
  const header = new Uint8Array(HEADER_BYTES);
  header.set(MAGIC);
  new DataView(header.buffer).setUint32(LENGTH_AT, sealedBytes);
  header.set(houseId, HOUSE_AT);
  header.set(ephemeralPoint, POINT_AT);
  header.set(iv, IV_AT);
  return header;
}

export const readHeader = (bundle: Bytes): BundleHeader => ({
  houseId: bundle.slice(HOUSE_AT, POINT_AT),
  ephemeralPoint: bundle.slice(POINT_AT, IV_AT),
  iv: bundle.slice(IV_AT, HEADER_BYTES),
});

/** Bundles can be told from receipts, and from anything else, by their first bytes. */
export const isBundleFile = (file: Bytes): boolean => isMagic(file, 0);

const isMagic = (file: Bytes, at: number): boolean => MAGIC.every((byte, index) => file[at + index] === byte);

function nextMagic(file: Bytes, from: number): number {
  let at = file.indexOf(MAGIC[0] ?? 0, from);
  while (at !== -1 && !isMagic(file, at)) at = file.indexOf(MAGIC[0] ?? 0, at + 1);
  return at === -1 ? file.length : at;
}

/** Where a bundle that begins at `at` ends, if it is there whole. */
function endOf(file: Bytes, at: number): number | undefined {
  if (!isMagic(file, at) || file.length - at < HEADER_BYTES) return undefined;
  const sealedBytes = new DataView(file.buffer, file.byteOffset + at).getUint32(LENGTH_AT);
  const end = at + HEADER_BYTES + sealedBytes;
  return end <= file.length ? end : undefined;
}

/** The bundles of a file, which stand one after the other; undefined for each stretch that is none. */
export function splitBundles(file: Bytes): (Bytes | undefined)[] {
  const found: (Bytes | undefined)[] = [];
  for (let at = 0; at < file.length && found.length < MAX_BUNDLES;) {
    const end = endOf(file, at);
    found.push(end === undefined ? undefined : file.slice(at, end));
    at = end ?? nextMagic(file, at + 1);
  }
  return found;
}

export function joined(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);
