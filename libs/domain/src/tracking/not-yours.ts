import type { RefusalCode } from './span.js';

interface Told {
  readonly refused: readonly { readonly code: RefusalCode }[];
}

/**
 * Whether a house did not take something of a session because the sender may not report it: all of it, or somebody in its
 * hall. It may yet (a roster is put right, the owner signs in), so the sender keeps it; what was taken is known when it
 * comes again.
 */
export const isSomebodyElses = ({ refused }: Told): boolean => refused.some(({ code }) => code === 'not-yours');
