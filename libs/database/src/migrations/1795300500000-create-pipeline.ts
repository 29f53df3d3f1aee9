import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the chunk pipeline needs: encodes that replace each other, early viewing, fair and ordered work, I-frame ranges. */
export class CreatePipeline1795300500000 implements MigrationInterface {
  readonly name = 'CreatePipeline1795300500000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE edition
        ADD encode integer NOT NULL DEFAULT 1,
        ADD shown_encode integer,
        ADD priority integer NOT NULL DEFAULT 0,
        ADD paused boolean NOT NULL DEFAULT false,
        ADD uploaded_by uuid REFERENCES account ON DELETE SET NULL;
      UPDATE edition SET shown_encode = 1 WHERE state = 'ready';
      UPDATE edition SET uploaded_by = upload.account_id FROM upload WHERE upload.id = edition.upload_id;
      CREATE INDEX edition_encoding_idx ON edition (uploaded_by, created_at) WHERE state = 'encoding';

      ALTER TABLE rendition ADD encode integer NOT NULL DEFAULT 1;
      ALTER TABLE rendition DROP CONSTRAINT rendition_edition_id_name_key, ADD UNIQUE (edition_id, encode, name);

      ALTER TABLE job
        ADD encode integer NOT NULL DEFAULT 1,
        ADD worker_id uuid,
        ADD lost integer NOT NULL DEFAULT 0,
        ADD bytes bigint;
      ALTER TABLE job
        DROP CONSTRAINT job_edition_id_kind_chunk_index_key,
        ADD UNIQUE (edition_id, encode, kind, chunk_index);

      ALTER TABLE segment ADD key_bytes integer;

      CREATE TABLE pipeline_switch (
        one boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (one),
        paused boolean NOT NULL DEFAULT false
      );
      INSERT INTO pipeline_switch DEFAULT VALUES`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE pipeline_switch;
      ALTER TABLE segment DROP key_bytes;
      DELETE FROM job USING edition WHERE edition.id = job.edition_id AND job.encode <> edition.encode;
      ALTER TABLE job
        DROP CONSTRAINT job_edition_id_encode_kind_chunk_index_key,
        ADD UNIQUE (edition_id, kind, chunk_index),
        DROP encode, DROP worker_id, DROP lost, DROP bytes;
      DELETE FROM rendition USING edition
      WHERE edition.id = rendition.edition_id AND rendition.encode <> coalesce(edition.shown_encode, edition.encode);
      ALTER TABLE rendition
        DROP CONSTRAINT rendition_edition_id_encode_name_key, ADD UNIQUE (edition_id, name), DROP encode;
      DROP INDEX edition_encoding_idx;
      ALTER TABLE edition DROP encode, DROP shown_encode, DROP priority, DROP paused, DROP uploaded_by`);
  }
}
