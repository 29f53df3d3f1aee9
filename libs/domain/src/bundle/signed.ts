import { fromBase64Url, isSigned, verifyingKey } from './keys.js';
import { bytesOf, type Bytes } from './layout.js';

/** What a compact JWS (ES256, RFC 7515) says. Undefined when whoever holds the private half of this point has not signed it. */
export async function readSigned(
  text: string,
  point: Bytes | undefined,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const parts = text.split('.');
  return parts.length === 3 && (await isOf(parts, point)) ? jsonOf(parts[1]) : undefined;
}

async function isOf([head = '', body = '', tail = '']: readonly string[], point: Bytes | undefined): Promise<boolean> {
  const key = await verifyingKey(point);
  const signature = fromBase64Url(tail);
  if (!key || !signature || jsonOf(head).alg !== 'ES256') return false;
  return isSigned(key, signature, bytesOf(`${head}.${body}`));
}

function jsonOf(part = ''): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(part)));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
