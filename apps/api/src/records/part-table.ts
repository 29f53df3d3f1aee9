import type { RecordPart } from '#libs/contracts';
import { csv, WITHHELD } from '../http/csv.js';
import type { Language } from '../http/language.js';
import { shownMinutes } from './cells.js';
import { headingsOf, type RecordLine } from './headings.js';
import { keyOfPart, type PartRow } from './parts.queries.js';
import { recordPart } from './totals.js';

const COLUMNS = headingsOf([
  'name',
  'under',
  'sessions',
  'people',
  'people_A',
  'people_B',
  'people_C',
  'people_D',
  'watched_minutes',
  'watched_ms',
  'credit_minutes',
  'credit_ms',
  'completions',
]);

export const PARTS_AT_ONCE = 1000;

/** One more than `PARTS_AT_ONCE` that follow, where there are so many. */
type Following = (after: readonly (string | null)[]) => Promise<PartRow[]>;

/** The parts of a record as a table, page by page. */
export const partTable = (following: Following, mayName: boolean, language: Language): AsyncIterable<string> =>
  csv(COLUMNS, linesOf(following, mayName), language);

async function* linesOf(following: Following, mayName: boolean): AsyncGenerator<RecordLine[], void> {
  let after: readonly (string | null)[] = [null, null];
  for (;;) {
    const rows = await following(after);
    const page = rows.slice(0, PARTS_AT_ONCE);
    yield page.map((row) => lineOf(recordPart(row, mayName)));
    const last = page.at(-1);
    if (rows.length <= PARTS_AT_ONCE || !last) return;
    after = keyOfPart(last);
  }
}

const told = (count: number | null) => count ?? WITHHELD;
const minutes = (ms: number | null) => (ms === null ? WITHHELD : shownMinutes(ms));

const lineOf = (item: RecordPart): RecordLine => ({
  name: item.name ?? item.id,
  under: item.under,
  sessions: item.sessions,
  people: told(item.audience),
  people_A: told(item.byGrade.A),
  people_B: told(item.byGrade.B),
  people_C: told(item.byGrade.C),
  people_D: told(item.byGrade.D),
  watched_minutes: minutes(item.minutesMs),
  watched_ms: told(item.minutesMs),
  credit_minutes: minutes(item.creditMs),
  credit_ms: told(item.creditMs),
  completions: told(item.completions),
});
