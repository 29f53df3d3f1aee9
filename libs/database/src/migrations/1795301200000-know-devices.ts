import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which installation a device is, what of its batches has arrived, what is held aside, and who signs bundle files. */
export class KnowDevices1795301200000 implements MigrationInterface {
  readonly name = 'KnowDevices1795301200000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE device ADD COLUMN installation uuid;
      ALTER TABLE pairing_code ADD COLUMN device_id uuid;
      CREATE TABLE bundle_signer (
        id text NOT NULL PRIMARY KEY,
        point text NOT NULL,
        learner_id uuid REFERENCES learner ON DELETE CASCADE,
        device_id uuid REFERENCES device ON DELETE CASCADE,
        registered_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz,
        CHECK (learner_id IS NOT NULL OR device_id IS NOT NULL)
      );
      CREATE INDEX bundle_signer_learner_id_idx ON bundle_signer (learner_id);
      CREATE INDEX bundle_signer_device_id_idx ON bundle_signer (device_id);
      CREATE TABLE device_batch (
        device_id uuid NOT NULL,
        lane uuid NOT NULL,
        number integer NOT NULL,
        batch_id uuid NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (device_id, lane, number)
      );
      CREATE TABLE held_batch (
        credential text NOT NULL,
        id uuid NOT NULL,
        device_id uuid NOT NULL,
        installation uuid,
        number integer,
        why text NOT NULL,
        content text NOT NULL,
        content_hash text NOT NULL,
        received_at timestamptz NOT NULL,
        decision text,
        decided_at timestamptz,
        PRIMARY KEY (credential, id)
      );
      CREATE INDEX held_batch_device_id_idx ON held_batch (device_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE held_batch, device_batch, bundle_signer;
      ALTER TABLE pairing_code DROP COLUMN device_id;
      ALTER TABLE device DROP COLUMN installation`);
  }
}
