import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** As S3 writes a SHA-256. */
export const base64Of = (sha256: string): string => Buffer.from(sha256, 'hex').toString('base64');

/** What S3 states for a file that was sent in parts: the hash of the parts' hashes, and how many there were. */
export async function compositeSha256(path: string, partBytes: number): Promise<string> {
  const whole = createHash('sha256');
  let parts = 0;
  let part = createHash('sha256');
  let filled = 0;
  const end = () => {
    whole.update(part.digest());
    parts += 1;
    [part, filled] = [createHash('sha256'), 0];
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 ** 2 }) as AsyncIterable<Buffer>) {
    for (let rest = chunk; rest.length > 0;) {
      const taken = rest.subarray(0, partBytes - filled);
      part.update(taken);
      filled += taken.length;
      rest = rest.subarray(taken.length);
      if (filled === partBytes) end();
    }
  }
  if (filled > 0) end();
  return `${whole.digest('base64')}-${parts}`;
}
