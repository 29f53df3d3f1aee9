import type { EntityManager } from 'typeorm';

interface TakenCode {
  readonly siteId: string;
  /** The device that gets a new credential. */
  readonly deviceId: string | null;
  readonly deviceName: string;
  /** Who gave it out, as the audit log names them. */
  readonly issuedBy: string;
}

/** Uses a pairing code up; of two at once, one gets it. */
export const takePairingCode = async (db: EntityManager, codeHash: string): Promise<TakenCode | undefined> => {
  const [rows] = await db.query<[TakenCode[], number]>(
    `DELETE FROM pairing_code WHERE code_hash = $1 AND expires_at > now()
     RETURNING site_id AS "siteId", device_id AS "deviceId", device_name AS "deviceName", issued_by AS "issuedBy"`,
    [codeHash],
  );
  return rows[0];
};

/** What was given out on a device before: sign-ins, outbox tokens, keys of bundle files. */
export const endRightsOfDevice = async (db: EntityManager, deviceId: string): Promise<void> => {
  await db.query(`DELETE FROM sign_in WHERE device_id = $1`, [deviceId]);
  await db.query(`DELETE FROM outbox_token WHERE device_id = $1`, [deviceId]);
  await db.query(`UPDATE bundle_signer SET revoked_at = now() WHERE device_id = $1 AND revoked_at IS NULL`, [deviceId]);
};

/** Of one device: batches that it made and that have not arrived, and those that wait for a decision. */
export interface Tally {
  readonly missing: number;
  readonly held: number;
}

/** Each lane counts its batches from 0: what is missing below the highest number seen has not arrived. */
export const talliesOf = async (db: EntityManager, deviceIds: readonly string[]): Promise<Map<string, Tally>> => {
  const rows = await db.query<(Tally & { id: string })[]>(
    `SELECT id, least(coalesce(missing, 0), 2147483647)::int AS missing, coalesce(held, 0)::int AS held
     FROM unnest($1::uuid[]) AS id
     LEFT JOIN (SELECT device_id AS id, sum(made - arrived) AS missing
                FROM (SELECT device_id, max(last) + 1 AS made, least(sum(last - first + 1), max(last) + 1) AS arrived
                      FROM (SELECT device_id, lane, number::bigint AS first, number::bigint AS last FROM device_batch
                            WHERE device_id = ANY($1::uuid[])
                            UNION ALL SELECT device_id, lane, first, last FROM device_run
                            WHERE device_id = ANY($1::uuid[])) known
                      GROUP BY device_id, lane) lane
                GROUP BY device_id) gaps USING (id)
     LEFT JOIN (SELECT device_id AS id, count(*) AS held FROM held_batch
                WHERE device_id = ANY($1::uuid[]) AND decision IS NULL GROUP BY device_id) waiting USING (id)`,
    [deviceIds],
  );
  return new Map(rows.map(({ id, missing, held }) => [id, { missing, held }]));
};
