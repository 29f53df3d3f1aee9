import type { AccountSummary, PageQuery } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import { keyOf } from '../http/paging.js';

const columns = `account.id, account.login, account.name, account.learner_id AS "learnerId",
  coalesce((SELECT json_agg(json_build_object('role', role, 'unitId', unit_id, 'siteId', site_id) ORDER BY id)
            FROM account_role WHERE account_role.account_id = account.id), '[]') AS roles`;

/** Who holds a role below the units, or learns at a site there: `limit + 1` by name. */
export const listAccounts = (
  db: EntityManager,
  unitIds: readonly string[],
  query: PageQuery,
): Promise<AccountSummary[]> =>
  db.query<AccountSummary[]>(
    `SELECT ${columns} FROM account
     WHERE account.id IN (
         SELECT account_role.account_id FROM account_role
         LEFT JOIN site ON site.id = account_role.site_id
         JOIN unit_above ON unit_above.unit_id = coalesce(account_role.unit_id, site.unit_id)
         WHERE above_id = ANY($1::uuid[])
         UNION ALL
         SELECT account.id FROM account
         JOIN roster_entry ON roster_entry.learner_id = account.learner_id AND roster_entry.to_date IS NULL
         JOIN site ON site.id = roster_entry.site_id
         JOIN unit_above ON unit_above.unit_id = site.unit_id
         WHERE above_id = ANY($1::uuid[]))
       AND account.disabled_at IS NULL
       AND ($2::text IS NULL OR (account.name, account.id) > ($2, $3::uuid))
     ORDER BY account.name, account.id LIMIT $4`,
    [unitIds, ...keyOf(query.after, 2), query.limit + 1],
  );

export const findAccount = async (db: EntityManager, id: string): Promise<AccountSummary | undefined> => {
  const rows = await db.query<AccountSummary[]>(
    `SELECT ${columns} FROM account WHERE account.id = $1 AND disabled_at IS NULL`,
    [id],
  );
  return rows[0];
};

/**
 * Nobody signs in with the account from now on, nor stays signed in; its learner may be given another. False when
 * somebody else has just closed it.
 */
export const closeAccount = async (db: EntityManager, id: string): Promise<boolean> => {
  const [, closed] = await db.query<[unknown[], number]>(
    `UPDATE account SET disabled_at = now(), learner_id = NULL WHERE id = $1 AND disabled_at IS NULL`,
    [id],
  );
  await db.query(`DELETE FROM sign_in WHERE account_id = $1`, [id]);
  return closed === 1;
};
