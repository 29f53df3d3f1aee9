import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an encode is made of is written down when it is planned: another version would choose otherwise. */
export class KeepLadder1795302200000 implements MigrationInterface {
  readonly name = 'KeepLadder1795302200000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE edition ADD COLUMN ladder jsonb`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE edition DROP COLUMN ladder`);
  }
}
