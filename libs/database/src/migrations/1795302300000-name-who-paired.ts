import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who gave a code out is who gave a device another credential. And a handle that was its own session's id could be opened by
 * whoever read it off a screen: those that were are given up, and told anew.
 */
export class NameWhoPaired1795302300000 implements MigrationInterface {
  readonly name = 'NameWhoPaired1795302300000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE pairing_code ADD COLUMN issued_by text NOT NULL DEFAULT 'house'`);
    await db.query(`DELETE FROM hall_key WHERE handle = session_id`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE pairing_code DROP COLUMN issued_by`);
  }
}
