import { canonical, type Plain } from '#libs/domain';
import type { EntityManager } from 'typeorm';
import { auditAfter, type AuditRow } from './audit.queries.js';
import { linkHash, NO_HASH } from './link.js';

/** A place in the chain, as an operator may have noted it: `seq:hash`, the hash in hexadecimal. */
export const placeInChain = ({ seq, hash }: Pick<AuditRow, 'seq' | 'hash'>): string => `${seq}:${hash.toString('hex')}`;

export type AuditVerdict =
  | { readonly holds: true; readonly entries: number; readonly head: string }
  | { readonly holds: false; readonly seq: number; readonly why: string };

const PAGE = 1000;
const START = { seq: 0, hash: NO_HASH };

/**
 * Walks the whole chain. A chain that was cut off at its end, or written anew from some entry on, still holds in itself:
 * only a place noted earlier, which it must still go through, tells.
 */
export async function verifyAudit(db: EntityManager, noted: string = placeInChain(START)): Promise<AuditVerdict> {
  let last: Pick<AuditRow, 'seq' | 'hash'> = START;
  let passed = noted === placeInChain(START);
  for (;;) {
    const rows = await auditAfter(db, last.seq, PAGE);
    for (const row of rows) {
      const why = faultOf(row, last);
      if (why) return { holds: false, seq: row.seq, why };
      passed ||= noted === placeInChain(row);
      last = row;
    }
    if (rows.length < PAGE) break;
  }
  if (!passed)
    return { holds: false, seq: Number(noted.split(':')[0]), why: 'the chain does not go through what was noted' };
  return { holds: true, entries: last.seq, head: placeInChain(last) };
}

function faultOf(row: AuditRow, last: Pick<AuditRow, 'seq' | 'hash'>): string | undefined {
  if (row.seq !== last.seq + 1) return `entry ${last.seq + 1} is missing`;
  if (!row.previous.equals(last.hash)) return 'it does not follow the entry before';
  if (!row.hash.equals(linkHash(row.previous, row.content))) return 'its content is not what was written';
  return isCanonical(row) ? undefined : 'its content is not in the canonical form, or of another entry';
}

function isCanonical({ seq, content }: AuditRow): boolean {
  try {
    const said = JSON.parse(content) as Record<string, Plain>;
    return said.seq === seq && canonical(said) === content;
  } catch {
    return false;
  }
}
