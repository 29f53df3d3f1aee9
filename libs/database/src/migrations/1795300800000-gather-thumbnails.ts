import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Thumbnails lie together on sheets. One that was stored by itself is a sheet of one. */
export class GatherThumbnails1795300800000 implements MigrationInterface {
  readonly name = 'GatherThumbnails1795300800000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE still ADD tile_width integer, ADD tile_height integer, ADD tile_ms integer;
      UPDATE still SET kind = 'sheet', tile_width = width, tile_height = height, tile_ms = 10000
      WHERE kind = 'thumbnail'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DELETE FROM still WHERE kind = 'sheet' AND (tile_width, tile_height) <> (width, height);
      UPDATE still SET kind = 'thumbnail' WHERE kind = 'sheet';
      ALTER TABLE still DROP tile_width, DROP tile_height, DROP tile_ms`);
  }
}
