import { type Bytes, DomainError, MAX_BUNDLE_FILE_BYTES } from '#libs/domain';
import { Readable } from 'node:stream';

const TOO_LARGE = `A file holds ${MAX_BUNDLE_FILE_BYTES} bytes at most.`;

/** Reads a body to its end, if that comes soon enough. @throws {DomainError} `too-large`, or `invalid-request` without a body */
export async function readFileBody(body: unknown): Promise<Bytes> {
  if (!(body instanceof Readable)) throw new DomainError('invalid-request', 'The body is a bundle file.');
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > MAX_BUNDLE_FILE_BYTES) throw new DomainError('too-large', TOO_LARGE);
    pieces.push(piece);
  }
  return Uint8Array.from(Buffer.concat(pieces));
}

const MOST_BATCHES = 1000;
/** The shortest span takes twice as much. */
const LEAST_BYTES_OF_AN_OBJECT = 32;

/**
 * The batches of a bundle's text, each without what it says of its sending: whoever carried it had no contact then. None
 * of a text that is not such a list, or is made to cost more than it weighs: millions of empty things.
 */
export function batchesIn(payload: string): object[] | undefined {
  const list = isDense(payload) ? undefined : listIn(payload);
  if (!list || list.length > MOST_BATCHES) return undefined;
  return list.map((raw) =>
    typeof raw === 'object' && raw !== null ? { ...raw, sentAt: null, sentClockMs: null } : { raw },
  );
}

function isDense(payload: string): boolean {
  const most = payload.length / LEAST_BYTES_OF_AN_OBJECT + MOST_BATCHES;
  let opened = 0;
  for (let at = 0; at < payload.length && opened <= most; at++) if (OPENING.has(payload.charCodeAt(at))) opened++;
  return opened > most;
}

const OPENING = new Set(['{', '['].map((sign) => sign.charCodeAt(0)));

function listIn(payload: string): unknown[] | undefined {
  try {
    const content: unknown = JSON.parse(payload);
    const isObject = typeof content === 'object' && content !== null;
    return isObject && 'batches' in content && Array.isArray(content.batches) ? content.batches : undefined;
  } catch {
    return undefined;
  }
}
