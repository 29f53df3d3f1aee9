import { createHash } from 'node:crypto';

/** What the first entry carries in place of the hash of a row before. */
export const NO_HASH = Buffer.alloc(32);

/** SHA-256 of a row: of the hash of the row before, and its own content. */
export const linkHash = (previous: Buffer, content: string): Buffer =>
  createHash('sha256').update(previous).update(content).digest();
