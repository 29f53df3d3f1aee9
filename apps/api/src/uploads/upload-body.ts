import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';

const IDLE_MS = 120_000;
const BUFFER_BYTES = 1024 * 1024;

/**
 * What a client sends, ending without an error where the connection breaks, so that every byte received is kept (tus,
 * Core). A connection that says nothing for two minutes is taken for broken.
 */
export function untilBroken(source: IncomingMessage): PassThrough {
  const received = new PassThrough({ highWaterMark: BUFFER_BYTES });
  source.setTimeout(IDLE_MS, () => source.destroy());
  source.once('error', () => received.end());
  source.once('close', () => {
    source.setTimeout(0);
    received.end();
  });
  return source.pipe(received);
}

/** Reads the rest of a request that was refused, and throws it away, so that the client gets to hear why. */
export function discard(source: IncomingMessage): void {
  source.unpipe();
  source.resume();
}
