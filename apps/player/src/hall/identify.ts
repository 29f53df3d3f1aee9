import type { HallView } from '#libs/contracts';

export type Learner = HallView['roster'][number];

/** Somebody who has shown a card, or named themselves by a code that anybody can read. */
export interface Identified {
  readonly learner: Learner;
  readonly by: 'card' | 'code';
}

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** What the site's roster holds of a card (HallView). Undefined where the browser offers no cryptography: without https. */
export async function cardCheckOf(card: string, { salt, iterations }: HallView['cards']): Promise<string | undefined> {
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const bytes = new TextEncoder();
  const cardHash = hex(await subtle.digest('SHA-256', bytes.encode(card)));
  const key = await subtle.importKey('raw', bytes.encode(cardHash), 'PBKDF2', false, ['deriveBits']);
  return hex(
    await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: bytes.encode(salt), iterations }, key, 128),
  );
}

/** Whose card or learner code somebody has scanned or typed; works without a link. */
export async function identify(
  typed: string,
  { roster, cards }: Pick<HallView, 'roster' | 'cards'>,
  checkOf = cardCheckOf,
): Promise<Identified | undefined> {
  const check = await checkOf(typed, cards);
  const holder = check && roster.find(({ cardCheck }) => cardCheck === check);
  if (holder) return { learner: holder, by: 'card' };
  const named = roster.find(({ code }) => code.toLowerCase() === typed.toLowerCase());
  return named && { learner: named, by: 'code' };
}
