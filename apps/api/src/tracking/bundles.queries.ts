import type { EntityManager } from 'typeorm';

/** Older ones of the same owner end when there are more. */
const MOST_SIGNERS = 50;

export interface SignerOwner {
  readonly learnerId: string | null;
  readonly deviceId: string | null;
}

export interface SignerRow extends SignerOwner {
  readonly point: string;
  /** Of the device, if there is one. */
  readonly siteId: string | null;
  readonly isBound: boolean;
  readonly isRevoked: boolean;
}

/** Undefined when nobody has registered a key with this id. A key ends with its device. */
export const signerOf = async (db: EntityManager, id: string): Promise<SignerRow | undefined> => {
  const rows = await db.query<SignerRow[]>(
    `SELECT point, learner_id AS "learnerId", device_id AS "deviceId", site_id AS "siteId",
            device.installation IS NOT NULL AS "isBound",
            signer.revoked_at IS NOT NULL OR device.revoked_at IS NOT NULL AS "isRevoked"
     FROM bundle_signer signer LEFT JOIN device ON device.id = device_id WHERE signer.id = $1`,
    [id],
  );
  return rows[0];
};

/** A key has one owner for ever: false when it is somebody else's. */
export const registerSigner = async (
  db: EntityManager,
  { id, point, learnerId, deviceId }: SignerOwner & { id: string; point: string },
): Promise<boolean> => {
  const owner = [learnerId, deviceId];
  await db.query(
    `INSERT INTO bundle_signer (id, point, learner_id, device_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [id, point, ...owner],
  );
  await db.query(
    `DELETE FROM bundle_signer WHERE id IN (
       SELECT id FROM bundle_signer WHERE learner_id IS NOT DISTINCT FROM $1::uuid AND device_id IS NOT DISTINCT FROM $2::uuid
       ORDER BY registered_at DESC OFFSET ${MOST_SIGNERS})`,
    owner,
  );
  const kept = await db.query<unknown[]>(
    `SELECT FROM bundle_signer WHERE id = $1 AND learner_id IS NOT DISTINCT FROM $2::uuid
       AND device_id IS NOT DISTINCT FROM $3::uuid AND revoked_at IS NULL`,
    [id, ...owner],
  );
  return kept.length > 0;
};
