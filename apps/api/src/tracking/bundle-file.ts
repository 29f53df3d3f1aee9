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

/** The batches of a bundle's text, each without what it says of its sending: whoever carried it had no contact then. */
export function batchesIn(payload: string): object[] | undefined {
  const list = listIn(payload);
  return list?.map((raw) =>
    typeof raw === 'object' && raw !== null ? { ...raw, sentAt: null, sentClockMs: null } : { raw },
  );
}

function listIn(payload: string): unknown[] | undefined {
  try {
    const content: unknown = JSON.parse(payload);
    const isObject = typeof content === 'object' && content !== null;
    return isObject && 'batches' in content && Array.isArray(content.batches) ? content.batches : undefined;
  } catch {
    return undefined;
  }
}
