import type { EntityManager } from 'typeorm';

/** Uses a pairing code up; of two at once, one gets it. */
export const takePairingCode = async (
  db: EntityManager,
  codeHash: string,
): Promise<{ siteId: string; deviceName: string } | undefined> => {
  const [rows] = await db.query<[{ siteId: string; deviceName: string }[], number]>(
    `DELETE FROM pairing_code WHERE code_hash = $1 AND expires_at > now()
     RETURNING site_id AS "siteId", device_name AS "deviceName"`,
    [codeHash],
  );
  return rows[0];
};
