import { randomInt } from 'node:crypto';

/** Without letters and digits that are taken for each other when read or heard: 0/O, 1/I/L, 2/Z, 5/S, 8/B, 6/G, U/V. */
const LETTERS = 'ACDEFHJKMNPQRTWXY3479';
const LENGTH = 8;

/** A fresh one-time code such as `KDRT-4WHA` (about 35 bits, which half an hour and few attempts make enough). */
export function newPairingCode(): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
}

/** The code as it is stored and compared, however somebody has typed it. */
export const plainPairingCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
