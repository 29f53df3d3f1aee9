import { codeStepAt, uuidOfHash } from '#libs/domain';

const KEY_BYTES = 32;
const CODE_HEX = 20;

/** A new secret for the codes of one session. */
export function newHallKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** The code of a session at one step of its clock, as the house works it out (HallKey). Undefined without https. */
export async function codeOf(key: string, sessionId: string, step: number): Promise<string | undefined> {
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const secret = Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0));
  const hmac = await subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const tag = await subtle.sign('HMAC', hmac, new TextEncoder().encode(`${sessionId} ${step}`));
  return hexOf(tag).slice(0, CODE_HEX);
}

const hexOf = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * What a screen shows of a session's id: a UUIDv8 of its SHA-256, which gives nobody the id itself. Of any id, one of this
 * form as well: what is shown is nobody's own handle.
 */
export async function handleOf(sessionId: string): Promise<string> {
  return uuidOfHash(hexOf(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sessionId.toLowerCase()))), 8);
}

/** What a phone has read off a hall's screen. */
export interface ScannedCode {
  readonly sessionId: string;
  readonly step: number;
  readonly code: string;
}

/** Where a phone that has scanned the screen goes. A code stands behind `#`: no server, proxy or log is told it with the page. */
export const checkInPath = (handle: string, step: number, code: string): string =>
  `/check-in#${handle}/${step}/${code}`;

/** Undefined for what no screen of a hall has shown. */
export function scannedIn(hash: string): ScannedCode | undefined {
  const [, sessionId, step, code] =
    /^#([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\/(\d{1,9})\/([\da-f]{20})$/i.exec(hash) ?? [];
  if (sessionId === undefined || step === undefined || code === undefined) return undefined;
  return { sessionId: sessionId.toLowerCase(), step: Number(step), code: code.toLowerCase() };
}

export { codeStepAt };
