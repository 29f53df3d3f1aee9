import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Totals of units and what tells which of them wait, what a recompute found, and how long the ledger keeps its detail.
 */
export class CreateTotals1795301600000 implements MigrationInterface {
  readonly name = 'CreateTotals1795301600000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(derived);
    await db.query(totals);
    await db.query(triggers);
    await db.query(folding);
    await db.query(`INSERT INTO tracking_dirty (session_id) SELECT id FROM tracking_session`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP VIEW tracking_attendance;
      DROP TABLE retention, tracking_fold;
      DROP INDEX tracking_session_unfolded_idx;
      ALTER TABLE tracking_session DROP COLUMN folded_at, DROP COLUMN folded;
      DROP TRIGGER edition_length ON edition;
      DROP TRIGGER unit_parent_totals ON unit_parent;
      DROP TRIGGER site_totals ON site;
      DROP FUNCTION edition_length_changes, unit_parent_totals_change, site_totals_change, unit_parent_on;
      DROP TABLE unit_day, unit_day_dirty, disagreement;
      ALTER TABLE site_day DROP COLUMN credit_ms, DROP COLUMN completions;
      DROP INDEX learner_credit_completed_site_id_completed_day_idx;
      ALTER TABLE learner_credit DROP COLUMN completed_day, DROP COLUMN completed_site_id;`);
  }
}

/** Where and on which day a verdict was reached, and what a day gave a site. */
const derived = `
  ALTER TABLE learner_credit ADD COLUMN completed_day date, ADD COLUMN completed_site_id uuid;
  CREATE INDEX learner_credit_completed_site_id_completed_day_idx
    ON learner_credit (completed_site_id, completed_day) WHERE completed_site_id IS NOT NULL;
  ALTER TABLE site_day ADD COLUMN credit_ms bigint NOT NULL DEFAULT 0, ADD COLUMN completions integer NOT NULL DEFAULT 0;
`;

const totals = `
  CREATE TABLE unit_day (
    unit_id uuid NOT NULL,
    day date NOT NULL,
    edition_id uuid,
    sessions bigint NOT NULL,
    audience_a bigint NOT NULL,
    audience_b bigint NOT NULL,
    audience_c bigint NOT NULL,
    audience_d bigint NOT NULL,
    minutes_ms bigint NOT NULL,
    credit_ms bigint NOT NULL,
    completions bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (unit_id, day, edition_id)
  );
  CREATE TABLE unit_day_dirty (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id uuid,
    unit_id uuid,
    day date NOT NULL,
    since timestamptz NOT NULL DEFAULT now(),
    CHECK ((site_id IS NULL) <> (unit_id IS NULL))
  );
  CREATE TABLE disagreement (
    kind text NOT NULL,
    key text NOT NULL,
    found_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, key)
  );
`;

/**
 * `unit_parent_on`: before the first date that is known of a unit its first parent counts, else what was watched before a
 * country was entered would stand nowhere. Totals follow the tree by triggers, so that no writer can forget it, and so do
 * records when an edition turns out longer or shorter than it was thought to be.
 */
const triggers = `
  CREATE FUNCTION unit_parent_on(child uuid, on_day date) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT link.parent_id FROM unit_parent link
    WHERE link.unit_id = child AND (link.to_date IS NULL OR link.to_date > on_day)
      AND (link.from_date <= on_day
           OR NOT EXISTS (SELECT FROM unit_parent first WHERE first.unit_id = child AND first.from_date < link.from_date))
    ORDER BY link.from_date DESC LIMIT 1
  $$;

  CREATE FUNCTION unit_parent_totals_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock_shared(76103); -- what is being folded by the old tree would be missed
    INSERT INTO unit_day_dirty (unit_id, day)
      SELECT parent, days.day
      FROM (SELECT DISTINCT day FROM unit_day WHERE unit_id = coalesce(NEW.unit_id, OLD.unit_id)) days,
           (SELECT OLD.parent_id UNION SELECT NEW.parent_id
            UNION SELECT parent_id FROM unit_parent WHERE unit_id = coalesce(NEW.unit_id, OLD.unit_id)) parents (parent)
      WHERE parent IS NOT NULL;
    RETURN NULL;
  END $$;
  CREATE TRIGGER unit_parent_totals AFTER INSERT OR UPDATE OR DELETE ON unit_parent
    FOR EACH ROW EXECUTE FUNCTION unit_parent_totals_change();

  CREATE FUNCTION site_totals_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock_shared(76103);
    INSERT INTO unit_day_dirty (unit_id, day)
      SELECT unit, days.day FROM (SELECT DISTINCT day FROM site_day WHERE site_id = OLD.id) days,
        (VALUES (OLD.unit_id), (NEW.unit_id)) units (unit);
    RETURN NULL;
  END $$;
  CREATE TRIGGER site_totals AFTER UPDATE OF unit_id ON site
    FOR EACH ROW WHEN (OLD.unit_id <> NEW.unit_id) EXECUTE FUNCTION site_totals_change();

  CREATE FUNCTION edition_length_changes() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO tracking_dirty (session_id)
      WITH RECURSIVE sources AS (
        SELECT NEW.id AS edition_id
        UNION
        SELECT old_edition_id FROM sources JOIN segment_map ON new_edition_id = edition_id
      )
      SELECT id FROM tracking_session WHERE edition_id IN (SELECT edition_id FROM sources);
    RETURN NULL;
  END $$;
  CREATE TRIGGER edition_length AFTER UPDATE OF duration_ms ON edition
    FOR EACH ROW WHEN (OLD.duration_ms IS DISTINCT FROM NEW.duration_ms) EXECUTE FUNCTION edition_length_changes();
`;

/**
 * How many months the ledger keeps its detail, and what stays of a session after: when it was, and what each who was there
 * has of it. `tracking_attendance`: who was in a session, folded or not.
 */
const folding = `
  CREATE TABLE retention (
    unit_id uuid NOT NULL PRIMARY KEY REFERENCES unit ON DELETE CASCADE,
    months integer,
    set_at timestamptz NOT NULL DEFAULT now()
  );
  ALTER TABLE tracking_session ADD COLUMN folded_at timestamptz, ADD COLUMN folded jsonb;
  CREATE INDEX tracking_session_unfolded_idx ON tracking_session (site_id, first_received_at) WHERE folded_at IS NULL;
  CREATE TABLE tracking_fold (
    session_id uuid NOT NULL,
    learner_id uuid NOT NULL,
    grade text NOT NULL,
    watched jsonb NOT NULL,
    played int8multirange NOT NULL,
    claimed boolean NOT NULL,
    PRIMARY KEY (session_id, learner_id)
  );
  CREATE INDEX tracking_fold_learner_id_idx ON tracking_fold (learner_id);
  CREATE VIEW tracking_attendance AS
    SELECT session_id, learner_id, grade FROM tracking_presence
    UNION ALL SELECT session_id, learner_id, grade FROM tracking_fold;
`;
