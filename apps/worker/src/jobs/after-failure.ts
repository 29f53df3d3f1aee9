import type { Job } from '#libs/database';
import { DomainError } from '#libs/domain';

const TRIES = 3;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 5 * 60_000;

export type Verdict =
  { readonly then: 'nothing' } | { readonly then: 'fail' } | { readonly then: 'wait'; readonly delayMs: number };

/**
 * What follows a failed try: a fault of the source is final; anything technical is tried again, ever later. What takes all
 * it may, or gets stuck, and does so again at the next worker, is the file's own doing (ADR 30). A store that is full or
 * away is no fault of any lecture: its jobs wait for as long as it takes, and what fails first when it is back gets another
 * try.
 */
export function afterFailure(
  error: unknown,
  { attempts, lost, failureCode }: Pick<Job, 'attempts' | 'lost' | 'failureCode'>,
): Verdict {
  const code = error instanceof DomainError ? error.code : 'internal';
  if (code === 'stale-worker') return { then: 'nothing' };
  if (isFilesOwn(code, failureCode)) return { then: 'fail' };
  const isStores = isFaultOfStore(code) || isFaultOfStore(failureCode ?? '');
  const failures = attempts - lost;
  if (failures >= TRIES && !isStores) return { then: 'fail' };
  return { then: 'wait', delayMs: Math.min(FIRST_DELAY_MS * 4 ** (failures - 1), LONGEST_DELAY_MS) };
}

const isFilesOwn = (code: string, before: string | null): boolean =>
  code.startsWith('source-') || (code === before && (code === 'encode-limit' || code === 'encode-stalled'));

const isFaultOfStore = (code: string): boolean => code === 'storage-full' || code === 'storage-failed';
