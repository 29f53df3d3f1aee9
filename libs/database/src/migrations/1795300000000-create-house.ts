import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organisation, accounts, catalogue, uploads, editions and jobs. Titles and names sort by pinyin (ICU `zh-x-icu`). */
export class CreateHouse1795300000000 implements MigrationInterface {
  readonly name = 'CreateHouse1795300000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await db.query(organisation);
    await db.query(accounts);
    await db.query(catalogue);
    await db.query(editions);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE caption, still, segment, rendition, job, edition, upload, selection, lecture, course, category,
        sign_in_failure, outbox_token, sign_in, account_role, account, roster_entry, learner, device, pairing_code, site,
        unit_parent, unit`);
  }
}

const organisation = `
  CREATE TABLE unit (
    id uuid NOT NULL PRIMARY KEY,
    name text COLLATE "zh-x-icu" NOT NULL,
    kind text NOT NULL,
    time_zone text NOT NULL DEFAULT 'Asia/Shanghai',
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE unit_parent (
    unit_id uuid NOT NULL REFERENCES unit ON DELETE CASCADE,
    from_date date NOT NULL,
    parent_id uuid NOT NULL REFERENCES unit ON DELETE CASCADE,
    to_date date,
    PRIMARY KEY (unit_id, from_date)
  );
  CREATE INDEX unit_parent_parent_id_idx ON unit_parent (parent_id);
  CREATE TABLE site (
    id uuid NOT NULL PRIMARY KEY,
    unit_id uuid NOT NULL REFERENCES unit,
    name text COLLATE "zh-x-icu" NOT NULL,
    link_kbps integer NOT NULL DEFAULT 2000,
    link_mb_per_month integer,
    link_hours text,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX site_unit_id_idx ON site (unit_id);
  CREATE TABLE pairing_code (
    code_hash text NOT NULL PRIMARY KEY,
    site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
    device_name text NOT NULL,
    expires_at timestamptz NOT NULL
  );
  CREATE TABLE device (
    id uuid NOT NULL PRIMARY KEY,
    site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
    name text NOT NULL,
    secret_hash text NOT NULL,
    enrolled_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz,
    revoked_at timestamptz
  );
  CREATE INDEX device_site_id_idx ON device (site_id);
  CREATE TABLE learner (
    id uuid NOT NULL PRIMARY KEY,
    name text COLLATE "zh-x-icu" NOT NULL,
    code text NOT NULL UNIQUE,
    card_hash text UNIQUE,
    pin_hash text,
    created_at timestamptz NOT NULL DEFAULT now(),
    erased_at timestamptz
  );
  CREATE TABLE roster_entry (
    site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
    learner_id uuid NOT NULL REFERENCES learner ON DELETE CASCADE,
    from_date date NOT NULL DEFAULT CURRENT_DATE,
    to_date date,
    PRIMARY KEY (site_id, learner_id)
  );
  CREATE INDEX roster_entry_learner_id_idx ON roster_entry (learner_id);
`;

const accounts = `
  CREATE TABLE account (
    id uuid NOT NULL PRIMARY KEY,
    login text NOT NULL UNIQUE,
    name text COLLATE "zh-x-icu" NOT NULL,
    password_hash text NOT NULL,
    learner_id uuid UNIQUE REFERENCES learner ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz
  );
  CREATE TABLE account_role (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    role text NOT NULL,
    unit_id uuid REFERENCES unit ON DELETE CASCADE,
    site_id uuid REFERENCES site ON DELETE CASCADE,
    CONSTRAINT account_role_place_check CHECK ((unit_id IS NULL) <> (site_id IS NULL))
  );
  CREATE INDEX account_role_account_id_idx ON account_role (account_id);
  CREATE TABLE sign_in (
    token_hash text NOT NULL PRIMARY KEY,
    account_id uuid REFERENCES account ON DELETE CASCADE,
    learner_id uuid REFERENCES learner ON DELETE CASCADE,
    device_id uuid REFERENCES device ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  );
  CREATE TABLE outbox_token (
    token_hash text NOT NULL PRIMARY KEY,
    learner_id uuid NOT NULL REFERENCES learner ON DELETE CASCADE,
    device_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  );
  CREATE TABLE sign_in_failure (
    id uuid NOT NULL PRIMARY KEY,
    subject_hash text NOT NULL,
    failed_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX sign_in_failure_subject_hash_failed_at_idx ON sign_in_failure (subject_hash, failed_at);
`;

const catalogue = `
  CREATE TABLE category (
    id uuid NOT NULL PRIMARY KEY,
    parent_id uuid REFERENCES category ON DELETE CASCADE,
    name_en text NOT NULL,
    name_zh text COLLATE "zh-x-icu" NOT NULL
  );
  CREATE TABLE course (
    id uuid NOT NULL PRIMARY KEY,
    unit_id uuid NOT NULL REFERENCES unit,
    title text COLLATE "zh-x-icu" NOT NULL,
    description text NOT NULL DEFAULT '',
    form text NOT NULL DEFAULT 'series',
    language text NOT NULL DEFAULT 'zh-CN',
    category_id uuid REFERENCES category ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX course_unit_id_idx ON course (unit_id);
  CREATE INDEX course_category_id_idx ON course (category_id);
  CREATE INDEX course_title_trgm_idx ON course USING gin (title gin_trgm_ops);
  CREATE TABLE lecture (
    id uuid NOT NULL PRIMARY KEY,
    course_id uuid NOT NULL REFERENCES course ON DELETE CASCADE,
    position integer NOT NULL,
    title text COLLATE "zh-x-icu" NOT NULL,
    description text NOT NULL DEFAULT '',
    category_id uuid REFERENCES category ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (course_id, position)
  );
  CREATE INDEX lecture_title_trgm_idx ON lecture USING gin (title gin_trgm_ops);
  CREATE TABLE selection (
    id uuid NOT NULL PRIMARY KEY,
    learner_id uuid REFERENCES learner ON DELETE CASCADE,
    site_id uuid REFERENCES site ON DELETE CASCADE,
    course_id uuid REFERENCES course ON DELETE CASCADE,
    lecture_id uuid REFERENCES lecture ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT selection_picker_check CHECK ((learner_id IS NULL) <> (site_id IS NULL)),
    CONSTRAINT selection_picked_check CHECK ((course_id IS NULL) <> (lecture_id IS NULL)),
    UNIQUE NULLS NOT DISTINCT (learner_id, site_id, course_id, lecture_id)
  );
  CREATE INDEX selection_site_id_idx ON selection (site_id);
`;

const editions = `
  CREATE TABLE upload (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    lecture_id uuid NOT NULL REFERENCES lecture ON DELETE CASCADE,
    file_name text NOT NULL,
    bytes bigint,
    sha256 text,
    state text NOT NULL DEFAULT 'receiving',
    failure_code text,
    failure_detail text,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX upload_lecture_id_idx ON upload (lecture_id);
  CREATE INDEX upload_account_id_idx ON upload (account_id);
  CREATE TABLE edition (
    id uuid NOT NULL PRIMARY KEY,
    lecture_id uuid NOT NULL REFERENCES lecture ON DELETE CASCADE,
    number integer NOT NULL,
    upload_id uuid UNIQUE,
    source_name text NOT NULL,
    source_bytes bigint NOT NULL,
    source_sha256 text NOT NULL,
    source_kept boolean NOT NULL DEFAULT true,
    state text NOT NULL DEFAULT 'encoding',
    live boolean NOT NULL DEFAULT false,
    generation integer NOT NULL DEFAULT 1,
    progress real NOT NULL DEFAULT 0,
    duration_ms integer,
    facts jsonb,
    failure_code text,
    failure_detail text,
    created_at timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz,
    UNIQUE (lecture_id, number)
  );
  CREATE UNIQUE INDEX edition_live_idx ON edition (lecture_id) WHERE live;
  CREATE TABLE job (
    id uuid NOT NULL PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES edition ON DELETE CASCADE,
    kind text NOT NULL,
    chunk_index integer NOT NULL DEFAULT 0,
    from_ms integer,
    to_ms integer,
    generation integer NOT NULL DEFAULT 1,
    state text NOT NULL DEFAULT 'waiting',
    attempts integer NOT NULL DEFAULT 0,
    fence integer NOT NULL DEFAULT 0,
    progress real NOT NULL DEFAULT 0,
    cpu_ms integer,
    failure_code text,
    failure_detail text,
    not_before timestamptz NOT NULL DEFAULT now(),
    heartbeat_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz,
    UNIQUE (edition_id, kind, chunk_index)
  );
  CREATE INDEX job_open_idx ON job (not_before) WHERE state IN ('waiting', 'running');
  CREATE TABLE rendition (
    id uuid NOT NULL PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES edition ON DELETE CASCADE,
    kind text NOT NULL,
    name text NOT NULL,
    codecs text NOT NULL,
    width integer,
    height integer,
    frame_rate double precision,
    channels integer,
    timescale integer NOT NULL,
    init_sha256 text NOT NULL,
    init_bytes integer NOT NULL,
    UNIQUE (edition_id, name)
  );
  CREATE TABLE segment (
    rendition_id uuid NOT NULL REFERENCES rendition ON DELETE CASCADE,
    index integer NOT NULL,
    duration_ticks integer NOT NULL,
    sha256 text NOT NULL,
    bytes integer NOT NULL,
    PRIMARY KEY (rendition_id, index)
  );
  CREATE TABLE still (
    id uuid NOT NULL PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES edition ON DELETE CASCADE,
    kind text NOT NULL,
    at_ms integer NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    sha256 text NOT NULL,
    bytes integer NOT NULL,
    UNIQUE (edition_id, kind, at_ms)
  );
  CREATE TABLE caption (
    id uuid NOT NULL PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES edition ON DELETE CASCADE,
    language text NOT NULL,
    label text NOT NULL,
    sha256 text NOT NULL,
    bytes integer NOT NULL,
    UNIQUE (edition_id, language)
  );
`;
