import { bytesOf, type Bytes, joined, POINT_BYTES } from './layout.js';

const CURVE = 'P-256';
const SIGNS = { name: 'ECDSA', namedCurve: CURVE };
const AGREES = { name: 'ECDH', namedCurve: CURVE };

/** RFC 4648, 5, without padding. */
export function toBase64Url(bytes: Bytes): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Undefined for what is no base64url. */
export function fromBase64Url(text: string): Bytes | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** A pair that signs bundles. Its private half cannot be read, not even by who holds it. */
export const newSigner = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(SIGNS, false, ['sign', 'verify']);

export const newAgreement = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(AGREES, false, ['deriveBits']);

/** The uncompressed point of a public key (SEC 1, 2.3.3): 65 bytes. */
export const pointOf = async (key: CryptoKey): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.exportKey('raw', key));

export const publicText = async (key: CryptoKey): Promise<string> => toBase64Url(await pointOf(key));

/** A public key is known by the SHA-256 of its point. */
export const keyId = async (point: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', point));

/** Undefined for what is no point of the curve. */
async function publicKey(point: Bytes | undefined, kind: EcKeyImportParams, uses: KeyUsage[]) {
  if (point?.length !== POINT_BYTES) return undefined;
  return crypto.subtle.importKey('raw', point, kind, true, uses).catch(() => undefined);
}

export const verifyingKey = (point: Bytes | undefined): Promise<CryptoKey | undefined> =>
  publicKey(point, SIGNS, ['verify']);

export const agreementKey = (point: Bytes | undefined): Promise<CryptoKey | undefined> => publicKey(point, AGREES, []);

/** @param pkcs8 DER of an EC P-256 key. */
export const agreementKeyOf = (pkcs8: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', pkcs8, AGREES, false, ['deriveBits']);

const INFO = 'Lectern bundle 1';

/** The AES-256-GCM key of one bundle (ECDH, then HKDF-SHA-256 salted with both points, RFC 5869). */
export async function sealingKey(own: CryptoKey, other: CryptoKey, ephemeral: Bytes, house: Bytes): Promise<CryptoKey> {
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own, 256);
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: joined(ephemeral, house), info: bytesOf(INFO) };
  return crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

const BY = { name: 'ECDSA', hash: 'SHA-256' };
export const sign = async (key: CryptoKey, bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign(BY, key, bytes));
export const isSigned = (key: CryptoKey, signature: Bytes, bytes: Bytes): Promise<boolean> =>
  crypto.subtle.verify(BY, key, signature, bytes);
