import { createHmac } from 'node:crypto';
import type { ApiConfig } from '#libs/config';
import { uuidOfHash } from '#libs/domain';
import { keyOfPem } from '../http/key-points.js';

/** Text to an id in the form of version 4. */
export type IdOf = (text: string) => string;

/**
 * Ids that only this house can reckon: whoever uses a session's id first owns it, so nobody may know beforehand which
 * session a statement will belong to. They stay the same as long as `BUNDLE_KEY` does.
 */
export function statementIds({ bundleKey }: Pick<ApiConfig, 'bundleKey'>): IdOf {
  const key = createHmac('sha256', keyOfPem(bundleKey).pkcs8).update('Lectern statements 1').digest();
  return (text) => uuidOfHash(createHmac('sha256', key).update(text).digest('hex'), 4);
}
