import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Units, sites, rosters, devices, accounts. Names sort by pinyin (ICU `zh-x-icu`). */
export class CreateOrganisation1795300000000 implements MigrationInterface {
  readonly name = 'CreateOrganisation1795300000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(organisation);
    await db.query(accounts);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DROP TABLE sign_in_failure, outbox_token, sign_in, account_role, account, roster_entry, learner, device, pairing_code, site, unit_parent, unit`,
    );
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
    from_date date NOT NULL,
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
