import type { RefusalCode } from './span.js';

interface Told {
  readonly accepted: number;
  readonly refused: readonly { readonly code: RefusalCode }[];
}

/**
 * Whether a house took nothing of a session because the sender may not report it. It may yet (a roster is put right, the owner
 * signs in), so the sender keeps it.
 */
export const isSomebodyElses = ({ accepted, refused }: Told): boolean =>
  accepted === 0 && refused.length > 0 && refused.every(({ code }) => code === 'not-yours');
