import type { SiteLearnerRecord, SiteSessionRecord } from '#libs/contracts';
import { runPrepared } from '#libs/database';
import type { DataSource } from 'typeorm';
import type { TotalsRow } from './parts.queries.js';
import { LEARNERS } from './site-credit.queries.js';
import {
  LECTURES,
  parametersOf,
  SESSIONS,
  type SiteLectureRow,
  type SiteSpell,
  TOTALS,
} from './site-record.queries.js';

const list = (rows: string) => `(SELECT coalesce(json_agg(line), '[]') FROM (${rows}) line)`;

const RECORD = {
  name: 'site-record',
  text: `
  SELECT site.name, unit.time_zone, (SELECT to_json(totals) FROM (${TOTALS}) totals) AS totals,
         ${list(LECTURES)} AS lectures,
         CASE WHEN $4::boolean THEN ${list(LEARNERS)} END AS learners,
         CASE WHEN $4::boolean THEN ${list(SESSIONS)} END AS sessions
  FROM site JOIN unit ON unit.id = site.unit_id WHERE site.id = $1`,
};

export interface SiteRecordRow {
  readonly name: string;
  readonly time_zone: string;
  readonly totals: TotalsRow;
  readonly lectures: readonly SiteLectureRow[];
  /** Null where no names are told, like the sessions. */
  readonly learners: SiteLearnerRecord[] | null;
  readonly sessions: SiteSessionRecord[] | null;
}

/** What a site's record says, in one statement; undefined when there is no such site. */
export async function siteRecord(
  database: DataSource,
  spell: SiteSpell,
  withNames: boolean,
): Promise<SiteRecordRow | undefined> {
  const [row] = await runPrepared<SiteRecordRow[]>(database, RECORD, [...parametersOf(spell), withNames]);
  return row;
}
