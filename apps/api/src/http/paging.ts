import type { Page } from '#libs/contracts';
import { DomainError } from '#libs/domain';

/** The key of the last row of a page, as an opaque word. */
export const cursorOf = (key: readonly unknown[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** @throws {DomainError} `invalid-request` when the word is none that we gave out. */
export function keyOf(after: string | undefined, length: number): (string | null)[] {
  if (after === undefined) return Array.from({ length }, () => null);
  try {
    const key: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'string')) return key;
  } catch {
    // falls through: told below
  }
  throw new DomainError('invalid-request', '`after` is not the `next` of a page.');
}

/** Cuts `limit + 1` rows to a page; the extra row only tells that there is a next one. */
export function pageOfRows<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOfRow: (row: Row) => readonly unknown[],
  toItem: (row: Row) => Item,
): Page<Item> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(toItem), next: rows.length > limit && last ? cursorOf(keyOfRow(last)) : null };
}
