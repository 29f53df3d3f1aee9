import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a hall knows a card by without a link. */
export class HoldHalls1795301300000 implements MigrationInterface {
  readonly name = 'HoldHalls1795301300000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE roster_entry ADD card_check text, ADD card_check_of text`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE roster_entry DROP card_check, DROP card_check_of`);
  }
}
