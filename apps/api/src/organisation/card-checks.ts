import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** Some 50 ms of a server's core and half a second of an old hall's: who steals a device pays it for every guess. */
export const CARD_ITERATIONS = 100_000;
const CHECK_BYTES = 16;

/** One for all cards of a site, so that a scanned card costs its device one derivation and not one a learner. */
export const cardSaltOf = (siteId: string): string => `hall ${siteId}`;

/** @param cardHash SHA-256 of the card, in hex: the house itself knows no more. */
export async function cardCheckOf(cardHash: string, siteId: string): Promise<string> {
  return (await derive(cardHash, cardSaltOf(siteId), CARD_ITERATIONS, CHECK_BYTES, 'sha256')).toString('hex');
}
