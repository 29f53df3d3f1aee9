import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often the minutes of a session were written: a device may not fill the house with pictures. */
export class LimitPhotos1795302000000 implements MigrationInterface {
  readonly name = 'LimitPhotos1795302000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE hall_minutes ADD COLUMN writes integer NOT NULL DEFAULT 1`);
    await db.query(`CREATE INDEX hall_minutes_written_at_idx ON hall_minutes (site_id, written_at)`);
    await db.query(`DROP INDEX hall_minutes_site_id_idx`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX hall_minutes_site_id_idx ON hall_minutes (site_id)`);
    await db.query(`DROP INDEX hall_minutes_written_at_idx`);
    await db.query(`ALTER TABLE hall_minutes DROP COLUMN writes`);
  }
}
