import { canonical, type Deed, type Plain } from '#libs/domain';
import type { EntityManager } from 'typeorm';
import { headOfAudit, insertAudit, lockAudit } from './audit.queries.js';
import { linkHash, NO_HASH } from './link.js';

/** Who did what to what: ids only, never a name. */
export interface AuditEntry {
  /** An account, or `house` for what it does by itself. */
  readonly by: string;
  readonly deed: Deed;
  readonly facts: Readonly<Record<string, Plain>>;
}

/**
 * Adds to the chain in the transaction of the deed, as its last statement: the end of the chain is held until that
 * commits, so whoever does more after it would keep everybody else waiting.
 *
 * @throws {Error} outside a transaction: a deed and its entry stand or fall together.
 */
export async function appendAudit(tx: EntityManager, { by, deed, facts }: AuditEntry): Promise<void> {
  if (!tx.queryRunner?.isTransactionActive)
    throw new Error('An audit entry is written in the transaction of its deed.');
  await lockAudit(tx);
  const head = await headOfAudit(tx);
  const seq = (head.seq ?? 0) + 1;
  const previous = head.hash ?? NO_HASH;
  const content = canonical({ seq, at: head.now.toISOString(), by, deed, facts });
  await insertAudit(tx, { seq, previous, content, hash: linkHash(previous, content) });
}
