import { createHmac } from 'node:crypto';
import type { ApiConfig } from '#libs/config';
import { keyOfPem } from '../http/key-points.js';

/** Text to an id in the form of version 4. */
export type IdOf = (text: string) => string;

/**
 * Ids that only this house can reckon: whoever uses a session's id first owns it, so nobody may know beforehand which
 * session a statement will belong to. They stay the same as long as `BUNDLE_KEY` does.
 */
export function statementIds({ bundleKey }: Pick<ApiConfig, 'bundleKey'>): IdOf {
  const key = createHmac('sha256', keyOfPem(bundleKey).pkcs8).update('Lectern statements 1').digest();
  return (text) => {
    const hex = createHmac('sha256', key).update(text).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
}
