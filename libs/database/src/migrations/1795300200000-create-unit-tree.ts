import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What lets 682,000 sites and 100,000 lectures be looked up by an index: who stands above whom in the tree of today, the
 * order of names, and their one- and two-letter pieces, for Chinese is searched by one or two characters, too short for
 * trigrams.
 */
export class CreateUnitTree1795300200000 implements MigrationInterface {
  readonly name = 'CreateUnitTree1795300200000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(tree);
    await db.query(search);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TRIGGER unit_parent_tree ON unit_parent;
      DROP TRIGGER unit_tree ON unit;
      DROP FUNCTION unit_tree_grows, unit_tree_changes;
      DROP INDEX unit_parent_now_idx;
      DROP TABLE unit_above;
      DROP INDEX unit_name_idx, unit_name_pieces_idx, site_name_idx, site_name_pieces_idx, learner_name_idx,
        account_name_idx, course_title_idx, course_title_pieces_idx, lecture_title_idx, lecture_title_pieces_idx,
        sign_in_expires_at_idx, outbox_token_expires_at_idx, sign_in_failure_failed_at_idx;
      DROP FUNCTION pieces_of;
      ALTER TABLE device DROP CONSTRAINT device_secret_hash_key;`);
  }
}

/** Follows `unit_parent` by triggers, so that no writer can forget it. A unit stands above itself. */
const tree = `
  CREATE UNIQUE INDEX unit_parent_now_idx ON unit_parent (unit_id) WHERE to_date IS NULL;
  CREATE TABLE unit_above (
    unit_id uuid NOT NULL REFERENCES unit ON DELETE CASCADE,
    above_id uuid NOT NULL REFERENCES unit ON DELETE CASCADE,
    PRIMARY KEY (unit_id, above_id)
  );
  CREATE INDEX unit_above_above_id_idx ON unit_above (above_id, unit_id);

  CREATE FUNCTION unit_tree_grows() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO unit_above VALUES (NEW.id, NEW.id);
    RETURN NULL;
  END $$;
  CREATE TRIGGER unit_tree AFTER INSERT ON unit FOR EACH ROW EXECUTE FUNCTION unit_tree_grows();

  CREATE FUNCTION unit_tree_changes() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off -- else a plan made while the tree was small stays for a session that imports a country
  AS $$
  DECLARE
    moved uuid := coalesce(NEW.unit_id, OLD.unit_id);
    parent uuid;
    below uuid[];
  BEGIN
    PERFORM pg_advisory_xact_lock(76102); -- two moves at once could close a circle that neither sees
    below := ARRAY(SELECT unit_id FROM unit_above WHERE above_id = moved);
    SELECT parent_id INTO parent FROM unit_parent WHERE unit_id = moved AND to_date IS NULL;
    IF parent = ANY (below) THEN
      RAISE EXCEPTION 'unit % would stand above itself', moved USING ERRCODE = 'check_violation';
    END IF;
    DELETE FROM unit_above WHERE unit_id = ANY (below) AND above_id <> ALL (below);
    INSERT INTO unit_above
      SELECT one, above_id FROM unnest(below) AS one, unit_above WHERE unit_id = parent;
    RETURN NULL;
  END $$;
  CREATE TRIGGER unit_parent_tree AFTER INSERT OR UPDATE OR DELETE ON unit_parent
    FOR EACH ROW EXECUTE FUNCTION unit_tree_changes();

  INSERT INTO unit_above
    WITH RECURSIVE up AS (
      SELECT id AS unit_id, id AS above_id FROM unit
      UNION
      SELECT up.unit_id, parent_id FROM up JOIN unit_parent ON unit_parent.unit_id = above_id AND to_date IS NULL
    )
    SELECT unit_id, above_id FROM up;
`;

const search = `
  CREATE FUNCTION pieces_of(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower(words), place, size)), '{}')
    FROM generate_series(1, length(words)) AS place, generate_series(1, 2) AS size
    WHERE place + size <= length(words) + 1
  $$;
  ALTER TABLE device ADD UNIQUE (secret_hash);
  CREATE INDEX unit_name_idx ON unit (name, id);
  CREATE INDEX unit_name_pieces_idx ON unit USING gin (pieces_of(name));
  CREATE INDEX site_name_idx ON site (name, id);
  CREATE INDEX site_name_pieces_idx ON site USING gin (pieces_of(name));
  CREATE INDEX learner_name_idx ON learner (name, id);
  CREATE INDEX account_name_idx ON account (name, id);
  CREATE INDEX course_title_idx ON course (title, id);
  CREATE INDEX course_title_pieces_idx ON course USING gin (pieces_of(title));
  CREATE INDEX lecture_title_idx ON lecture (title, id);
  CREATE INDEX lecture_title_pieces_idx ON lecture USING gin (pieces_of(title));
  CREATE INDEX sign_in_expires_at_idx ON sign_in (expires_at);
  CREATE INDEX outbox_token_expires_at_idx ON outbox_token (expires_at);
  CREATE INDEX sign_in_failure_failed_at_idx ON sign_in_failure (failed_at);
`;
