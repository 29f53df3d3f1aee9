import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** The public half of an EC key, as the point that Web Crypto reads (SEC 1, 2.3.3, uncompressed). */
export function pointOfKey(key: KeyObject): Uint8Array<ArrayBuffer> {
  const { x = '', y = '' } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return Uint8Array.from([4, ...Buffer.from(x, 'base64url'), ...Buffer.from(y, 'base64url')]);
}

/** @param pem PKCS8 */
export function keyOfPem(pem: string): { pkcs8: Uint8Array<ArrayBuffer>; point: Uint8Array<ArrayBuffer> } {
  const key = createPrivateKey(pem);
  return { pkcs8: Uint8Array.from(key.export({ type: 'pkcs8', format: 'der' })), point: pointOfKey(key) };
}
