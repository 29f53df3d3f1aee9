import { uuidOfHash } from '#libs/domain';
import { createHash } from 'node:crypto';

const LABEL = /^.{14}8/;

/**
 * By what id the ledger knows a learner once they are erased: a UUIDv8 (RFC 9562, 5.8) of the SHA-256 of their own, and so
 * their tombstone. Only who still holds the old id, such as a device with late spans, finds the label. Its own label.
 */
export function labelOf(learnerId: string): string {
  if (LABEL.test(learnerId)) return learnerId;
  return uuidOfHash(createHash('sha256').update(learnerId.toLowerCase()).digest('hex'), 8);
}
