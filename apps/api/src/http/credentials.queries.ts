import type { EntityManager } from 'typeorm';

export interface SignedInRow {
  /** The account's id, or the learner's when there is no account. */
  readonly id: string;
  readonly name: string;
  readonly learner_id: string | null;
  readonly device_id: string | null;
  readonly roles: readonly unknown[];
}

/** Who holds the session with this token hash, with all roles; nothing when it is over or the account disabled. */
export const signedIn = async (db: EntityManager, tokenHash: string): Promise<SignedInRow | undefined> => {
  const rows = await db.query<SignedInRow[]>(
    `SELECT coalesce(account.id, learner.id) AS id, coalesce(account.name, learner.name) AS name,
            coalesce(sign_in.learner_id, account.learner_id) AS learner_id, sign_in.device_id,
            coalesce((SELECT json_agg(json_build_object('role', role, 'unitId', unit_id, 'siteId', site_id) ORDER BY id)
                      FROM account_role WHERE account_role.account_id = account.id), '[]') AS roles
     FROM sign_in
     LEFT JOIN account ON account.id = sign_in.account_id AND account.disabled_at IS NULL
     LEFT JOIN learner ON learner.id = sign_in.learner_id AND learner.erased_at IS NULL
     LEFT JOIN device ON device.id = sign_in.device_id
     WHERE sign_in.token_hash = $1 AND sign_in.expires_at > now() AND coalesce(account.id, learner.id) IS NOT NULL
       AND device.revoked_at IS NULL`,
    [tokenHash],
  );
  return rows[0];
};
