import { DomainError } from '#libs/domain';

const TRIES = 3;
const FIRST_DELAY_MS = 5_000;

export type Verdict =
  { readonly then: 'nothing' } | { readonly then: 'fail' } | { readonly then: 'wait'; readonly delayMs: number };

/** What follows a failed try: a fault of the source is final; anything technical is tried again, ever later. */
export function afterFailure(error: unknown, attempts: number): Verdict {
  const code = error instanceof DomainError ? error.code : 'internal';
  if (code === 'stale-worker') return { then: 'nothing' };
  if (code.startsWith('source-') || attempts >= TRIES) return { then: 'fail' };
  return { then: 'wait', delayMs: FIRST_DELAY_MS * 4 ** (attempts - 1) };
}
