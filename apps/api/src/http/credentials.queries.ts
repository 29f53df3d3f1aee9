import type { DataSource, EntityManager } from 'typeorm';
import { runPrepared } from '#libs/database';

export interface SignedInRow {
  readonly token_hash: string;
  /** The account's id, or the learner's when there is no account. */
  readonly id: string;
  readonly name: string;
  readonly learner_id: string | null;
  readonly device_id: string | null;
  readonly roles: readonly unknown[];
}

export interface DeviceRow {
  readonly secret_hash: string;
  readonly id: string;
  readonly site_id: string;
  readonly last_seen_at: Date | null;
  /** Whether it is known which installation it is. */
  readonly is_bound: boolean;
}

export interface OutboxRow {
  readonly token_hash: string;
  readonly learner_id: string;
  readonly device_id: string | null;
}

/** Who holds the sessions with these token hashes, with all roles; not those that are over or of disabled accounts. */
export const signedIn = async (db: EntityManager, hashes: readonly string[]): Promise<Map<string, SignedInRow>> => {
  const rows = await db.query<SignedInRow[]>(
    `SELECT sign_in.token_hash, coalesce(account.id, learner.id) AS id, coalesce(account.name, learner.name) AS name,
            coalesce(sign_in.learner_id, account.learner_id) AS learner_id, sign_in.device_id,
            coalesce((SELECT json_agg(json_build_object('role', role, 'unitId', unit_id, 'siteId', site_id) ORDER BY id)
                      FROM account_role WHERE account_role.account_id = account.id), '[]') AS roles
     FROM sign_in
     LEFT JOIN account ON account.id = sign_in.account_id AND account.disabled_at IS NULL
     LEFT JOIN learner ON learner.id = sign_in.learner_id AND learner.erased_at IS NULL
     LEFT JOIN device ON device.id = sign_in.device_id
     WHERE sign_in.token_hash = ANY($1) AND sign_in.expires_at > now() AND coalesce(account.id, learner.id) IS NOT NULL
       AND device.revoked_at IS NULL`,
    [hashes],
  );
  return new Map(rows.map((row) => [row.token_hash, row]));
};

/** Enrolled devices by the hash of their secret; not those that were revoked. */
export const enrolled = async (db: DataSource, hashes: readonly string[]): Promise<Map<string, DeviceRow>> => {
  const text = `SELECT secret_hash, id, site_id, last_seen_at, installation IS NOT NULL AS is_bound FROM device WHERE secret_hash = ANY($1) AND revoked_at IS NULL`;
  const rows = await runPrepared<DeviceRow[]>(db, { name: 'enrolled', text }, [hashes]);
  return new Map(rows.map((row) => [row.secret_hash, row]));
};

/** Whose spans the outbox tokens with these hashes send; not those of a revoked device, nor of an erased learner. */
export const outboxes = async (db: DataSource, hashes: readonly string[]): Promise<Map<string, OutboxRow>> => {
  const text = `
    SELECT token_hash, learner_id, device_id FROM outbox_token
     JOIN learner ON learner.id = outbox_token.learner_id AND learner.erased_at IS NULL
     LEFT JOIN device ON device.id = outbox_token.device_id
     WHERE token_hash = ANY($1) AND outbox_token.expires_at > now() AND device.revoked_at IS NULL`;
  const rows = await runPrepared<OutboxRow[]>(db, { name: 'outboxes', text }, [hashes]);
  return new Map(rows.map((row) => [row.token_hash, row]));
};
