import { fromBase64Url, isSigned, toBase64Url, verifyingKey } from './keys.js';
import { bytesOf, type Bytes } from './layout.js';

export const RECEIPT_KIND = 'lectern-receipt';

/**
 * What a house acknowledges of a file: batches that are committed (or held aside there), and those it did not take. Each by
 * the tag of its owner and its id.
 */
export interface Receipt {
  readonly kind: typeof RECEIPT_KIND;
  readonly at: string;
  readonly acknowledged: readonly string[];
  readonly refused: readonly { readonly batch: string; readonly code: string }[];
}

/**
 * What a receipt calls a batch. Whoever else uses its id gets no receipt for it, and whoever reads a receipt learns nobody's id.
 * @param owner `device:{id}` or `learner:{id}`
 */
export async function receiptTag(owner: string, batch: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(`${owner} ${batch}`))));
}

/** Reads a receipt (a compact JWS, ES256, RFC 7515). Undefined when the house of this key has not signed it. */
export async function readReceipt(text: string, housePoint: Bytes | undefined): Promise<Receipt | undefined> {
  const parts = text.trim().split('.');
  const said = jsonOf(parts[1]);
  if (parts.length !== 3 || said.kind !== RECEIPT_KIND || !(await isOf(parts, housePoint))) return undefined;
  return said as unknown as Receipt;
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
