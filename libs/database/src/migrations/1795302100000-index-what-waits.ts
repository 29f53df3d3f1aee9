import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether anything of a session is set aside is asked for each that is taken: with the time in it, the index knows. */
export class IndexWhatWaits1795302100000 implements MigrationInterface {
  readonly name = 'IndexWhatWaits1795302100000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX tracking_dirty_session_id_not_before_idx ON tracking_dirty (session_id, not_before);
      DROP INDEX tracking_dirty_session_id_idx;`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX tracking_dirty_session_id_idx ON tracking_dirty (session_id);
      DROP INDEX tracking_dirty_session_id_not_before_idx;`);
  }
}
