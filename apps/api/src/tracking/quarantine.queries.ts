import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { runPrepared } from '#libs/database';
import { uuidOfHash } from '#libs/domain';

/** Why a batch may be the work of a copy of its device. */
export type Doubt = 'another-installation' | 'number-used-twice';

/** What a batch says of the one who made it. */
export interface Arrival {
  readonly device_id: string;
  readonly credential: string;
  /** Sent by the credential of the device itself. */
  readonly is_device: boolean;
  readonly installation: string | null;
  readonly lane: string;
  readonly number: number | null;
  readonly batch_id: string;
}

/** One count of batches: of one credential on one installation. It leads back to nobody. */
export const laneOf = (credential: string, installation: string): string =>
  uuidOfHash(createHash('sha256').update(`${credential} ${installation}`).digest('hex'), 8);

/**
 * Notes the numbers that have arrived. The first installation that speaks for a device is the device, unless it has told
 * at its enrolment; of two batches under one number the first stands. Of numbers that came long ago only runs are known:
 * whether a batch is the one that came then, the ledger knows.
 */
const JUDGE = {
  name: 'judge-arrivals',
  text: `
  WITH arrived AS (
    SELECT asked.key, told.* FROM unnest($1::text[]) AS asked (key),
      json_to_record(asked.key::json) AS told (device_id uuid, credential text, is_device boolean, installation uuid, lane uuid, number integer, batch_id uuid)
  ), bound AS (
    UPDATE device SET installation = first.installation
    FROM (SELECT DISTINCT ON (device_id) device_id, installation FROM arrived
          WHERE is_device AND installation IS NOT NULL ORDER BY device_id, batch_id) first
    WHERE device.id = first.device_id AND device.installation IS NULL RETURNING device.id, device.installation
  ), judged AS (
    SELECT arrived.*, is_device AND arrived.installation IS DISTINCT FROM
             coalesce(bound.installation, device.installation, arrived.installation) AS is_other,
           EXISTS (SELECT FROM device_run run WHERE run.device_id = arrived.device_id AND run.lane = arrived.lane
                     AND arrived.number BETWEEN run.first AND run.last) AS is_past
    FROM arrived JOIN device ON device.id = device_id LEFT JOIN bound ON bound.id = device_id
  ), noted AS (
    INSERT INTO device_batch AS known (device_id, lane, number, batch_id)
    SELECT DISTINCT ON (device_id, lane, number) device_id, lane, number, batch_id FROM judged
    WHERE NOT is_other AND NOT is_past AND number IS NOT NULL ORDER BY device_id, lane, number, batch_id
    ON CONFLICT (device_id, lane, number) DO UPDATE SET batch_id = known.batch_id
    RETURNING device_id, lane, number, batch_id
  )
  SELECT key, CASE WHEN is_other THEN 'another-installation'
                   WHEN noted.batch_id <> judged.batch_id THEN 'number-used-twice'
                   WHEN is_past AND NOT EXISTS (SELECT FROM tracking_batch batch WHERE batch.credential = judged.credential
                     AND batch.id = judged.batch_id) THEN 'number-used-twice' END AS doubt
  FROM judged LEFT JOIN noted USING (device_id, lane, number)`,
};

/** @param keys arrivals as JSON */
export async function judgeArrivals(database: DataSource, keys: readonly string[]): Promise<Map<string, Doubt | null>> {
  const rows = await runPrepared<{ key: string; doubt: Doubt | null }[]>(database, JUDGE, [keys]);
  return new Map(rows.map(({ key, doubt }) => [key, doubt]));
}

export interface HeldBatch {
  readonly credential: string;
  readonly id: string;
  readonly device_id: string;
  readonly installation: string | null;
  readonly number: number | null;
  readonly why: Doubt;
  /** The batch as it came. */
  readonly content: string;
  readonly content_hash: string;
  readonly received_at: Date;
}

export type Decision = 'release' | 'discard';

/** Keeps a batch once. @returns what was decided about it, and whether it is the one that is kept under its id. */
export const keepHeld = async (
  db: EntityManager,
  held: HeldBatch,
): Promise<{ decision: Decision | null; isSame: boolean }> => {
  await db.query(
    `INSERT INTO held_batch (credential, id, device_id, installation, number, why, content, content_hash, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [
      held.credential,
      held.id,
      held.device_id,
      held.installation,
      held.number,
      held.why,
      held.content,
      held.content_hash,
      held.received_at,
    ],
  );
  const [kept] = await db.query<[{ decision: Decision | null; isSame: boolean }]>(
    `SELECT decision, content_hash = $3 AS "isSame" FROM held_batch WHERE credential = $1 AND id = $2`,
    [held.credential, held.id, held.content_hash],
  );
  return kept;
};

/** Which of the batches of a device are meant: null is all, or but for none; what came after `until` is not. */
export interface Meant {
  readonly deviceId: string;
  readonly only: readonly string[] | null;
  readonly except: readonly string[] | null;
  readonly until: Date;
}

const MEANT = `device_id = $1 AND decision IS NULL AND received_at <= $4
  AND ($2::uuid[] IS NULL OR id = ANY($2)) AND ($3::uuid[] IS NULL OR id <> ALL($3))`;
const valuesOf = ({ deviceId, only, except, until }: Meant): unknown[] => [deviceId, only, except, until];

/** How many of those meant nobody has decided about. */
export const countUndecided = async (db: EntityManager, meant: Meant): Promise<number> => {
  const [row] = await db.query<[{ count: number }]>(
    `SELECT count(*)::int FROM held_batch WHERE ${MEANT}`,
    valuesOf(meant),
  );
  return row.count;
};

type Content = Pick<HeldBatch, 'credential' | 'id' | 'content' | 'received_at'> & { readonly place: string };

/** Those meant about which nobody has decided, oldest first, after one of them; as many as may be in memory at once. */
export const undecided = (db: EntityManager, meant: Meant, after: Content | undefined): Promise<Content[]> =>
  db.query(
    `SELECT credential, id, content, received_at, received_at::text AS place FROM held_batch
     WHERE ${MEANT} AND ($5::timestamptz IS NULL OR (received_at, id, credential) > ($5, $6::uuid, $7))
     ORDER BY received_at, id, credential LIMIT 20`,
    [...valuesOf(meant), after?.place ?? null, after?.id ?? null, after?.credential ?? null],
  );

/** Sites of which an account, or that of a learner, is the operator: whose hall sessions it may send. */
export const hallsOf = async (db: EntityManager, ownerId: string): Promise<string[]> => {
  const rows = await db.query<{ site_id: string }[]>(
    `SELECT DISTINCT site_id FROM account_role JOIN account ON account.id = account_id
     WHERE (account.id = $1 OR account.learner_id = $1) AND account.disabled_at IS NULL
       AND role = 'operator' AND site_id IS NOT NULL`,
    [ownerId],
  );
  return rows.map((row) => row.site_id);
};

type Listed = Omit<HeldBatch, 'device_id' | 'content_hash'> & { readonly place: string };

/** `limit + 1` of those about which nobody has decided, oldest first. `place` goes before the next. */
export const undecidedPage = (
  db: EntityManager,
  deviceId: string,
  [at = null, id = null, credential = null]: readonly (string | null)[],
  limit: number,
): Promise<Listed[]> =>
  db.query(
    `SELECT credential, id, installation, number, why, content, received_at, received_at::text AS place FROM held_batch
     WHERE device_id = $1 AND decision IS NULL
       AND ($2::timestamptz IS NULL OR (received_at, id, credential) > ($2, $3::uuid, $4))
     ORDER BY received_at, id, credential LIMIT $5`,
    [deviceId, at, id, credential, limit + 1],
  );

/** What is decided needs no content any more. @returns how many of them were still undecided. */
export const decideHeld = async (
  db: EntityManager,
  batches: readonly Pick<HeldBatch, 'credential' | 'id'>[],
  decision: Decision,
): Promise<number> => {
  const [, count] = await db.query<[unknown, number]>(
    `UPDATE held_batch SET decision = $3, decided_at = now(), content = ''
     FROM unnest($1::text[], $2::uuid[]) AS meant (credential, id)
     WHERE held_batch.credential = meant.credential AND held_batch.id = meant.id AND decision IS NULL`,
    [batches.map(({ credential }) => credential), batches.map(({ id }) => id), decision],
  );
  return count;
};
