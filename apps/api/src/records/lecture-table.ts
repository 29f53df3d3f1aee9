import type { EntityManager } from 'typeorm';
import { csv } from '../http/csv.js';
import type { Language } from '../http/language.js';
import type { NameReach } from '../http/names.js';
import { countsByGrade, creditCells, shownMinutes } from './cells.js';
import { headingsOf, type RecordLine } from './headings.js';
import {
  keyOfLearner,
  lectureLearners,
  type LectureLearnerRow,
  lectureSites,
  type LectureSiteRow,
  type Reach,
} from './lecture-record.queries.js';

const COLUMNS = headingsOf([
  'site',
  'grade',
  'people',
  'code',
  'learner',
  'edition',
  'coverage',
  'covered_minutes',
  'covered_ms',
  'length_minutes',
  'length_ms',
  'watched_minutes',
  'watched_ms',
  'credit_minutes',
  'credit_ms',
  'complete',
  'rule_version',
  'covered_A_minutes',
  'covered_A_ms',
  'covered_B_minutes',
  'covered_B_ms',
  'covered_C_minutes',
  'covered_C_ms',
]);
const PAGE = 5000;

interface Reaches {
  readonly lectureId: string;
  readonly counts: Reach;
  readonly names: NameReach;
}

/** Page by page, so that a lecture which a whole country watched never stands in memory. */
export const lectureTable = (db: EntityManager, reaches: Reaches, language: Language): AsyncIterable<string> =>
  csv(COLUMNS, pagesOf(db, reaches), language);

async function* pagesOf(db: EntityManager, { lectureId, counts, names }: Reaches): AsyncGenerator<RecordLine[], void> {
  let after: readonly (string | null)[] = [null, null, null];
  for (;;) {
    const rows = await lectureLearners(db, { lectureId, names, after, limit: PAGE });
    const page = rows.slice(0, PAGE);
    yield page.map(lineOf);
    const last = page.at(-1);
    if (rows.length <= PAGE || !last) break;
    after = keyOfLearner(last);
  }
  const sites = await lectureSites(db, { lectureId, counts, names, limit: null });
  yield sites.flatMap(siteLines);
}

const lineOf = (row: LectureLearnerRow): RecordLine => ({
  site: row.site_name,
  grade: row.grade,
  people: 1,
  code: row.code,
  learner: row.name,
  edition: row.number,
  ...creditCells(row),
  rule_version: row.rule_version,
  covered_A_minutes: shownMinutes(row.a_ms),
  covered_A_ms: row.a_ms,
  covered_B_minutes: shownMinutes(row.b_ms),
  covered_B_ms: row.b_ms,
  covered_C_minutes: shownMinutes(row.c_ms),
  covered_C_ms: row.c_ms,
});

/** Heads beside the named; where the reader sees no names, a line a grade. */
function siteLines(row: LectureSiteRow): RecordLine[] {
  if (!row.may_name) return countsByGrade(row).map((counted) => ({ site: row.site_name, ...counted }));
  return row.d > 0 ? [{ site: row.site_name, grade: 'D', people: row.d }] : [];
}
