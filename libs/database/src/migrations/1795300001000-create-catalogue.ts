import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Courses, lectures, selections; uploads, editions and the jobs that make renditions of them. */
export class CreateCatalogue1795300001000 implements MigrationInterface {
  readonly name = 'CreateCatalogue1795300001000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(catalogue);
    await db.query(editions);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DROP TABLE caption, still, segment, rendition, job, edition, upload, selection, lecture, course, category`,
    );
  }
}

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
    metadata text NOT NULL,
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
