import { toBase64Url } from './keys.js';
import { bytesOf, type Bytes } from './layout.js';
import { readSigned } from './signed.js';

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

/** Reads a receipt. Undefined when the house of this key has not signed it. */
export async function readReceipt(text: string, housePoint: Bytes | undefined): Promise<Receipt | undefined> {
  const said = await readSigned(text.trim(), housePoint);
  return said?.kind === RECEIPT_KIND ? (said as unknown as Receipt) : undefined;
}
