import type { EntityManager } from 'typeorm';

/** Which of these batches of a credential the ledger has. */
export const knownBatches = async (
  db: EntityManager,
  credential: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set();
  const rows = await db.query<{ id: string }[]>(
    `SELECT id FROM tracking_batch WHERE credential = $1 AND id = ANY($2::uuid[])`,
    [credential, ids],
  );
  return new Set(rows.map(({ id }) => id));
};
