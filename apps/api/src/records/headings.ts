import type { Headings, Line } from '../http/csv.js';

/** What stands above the columns of the tables, for each reader. */
export const headings = {
  site: { en: 'Site', zh: '站点' },
  lecture: { en: 'Lecture', zh: '讲座' },
  edition: { en: 'Edition', zh: '版本' },
  grade: { en: 'Evidence', zh: '证据等级' },
  people: { en: 'People', zh: '人数' },
  name: { en: 'Name', zh: '名称' },
  under: { en: 'Course or category above', zh: '所属课程或上级类别' },
  sessions: { en: 'Sessions', zh: '场次' },
  people_A: { en: 'People by evidence A', zh: '证据 A 人数' },
  people_B: { en: 'People by evidence B', zh: '证据 B 人数' },
  people_C: { en: 'People by evidence C', zh: '证据 C 人数' },
  people_D: { en: 'People by evidence D', zh: '证据 D 人数' },
  completions: { en: 'Completions', zh: '完成人次' },
  code: { en: 'Learner code', zh: '学员编号' },
  learner: { en: 'Learner', zh: '学员' },
  coverage: { en: 'Coverage', zh: '覆盖率' },
  covered_minutes: { en: 'Covered (minutes)', zh: '已覆盖（分钟）' },
  covered_ms: { en: 'Covered (ms)', zh: '已覆盖（毫秒）' },
  length_minutes: { en: 'Length (minutes)', zh: '时长（分钟）' },
  length_ms: { en: 'Length (ms)', zh: '时长（毫秒）' },
  watched_minutes: { en: 'Watched (minutes)', zh: '观看（分钟）' },
  watched_ms: { en: 'Watched (ms)', zh: '观看（毫秒）' },
  credit_minutes: { en: 'Credit (minutes)', zh: '学时（分钟）' },
  credit_ms: { en: 'Credit (ms)', zh: '学时（毫秒）' },
  complete: { en: 'Complete', zh: '是否完成' },
  rule_version: { en: 'Rule version', zh: '规则版本' },
  covered_A_minutes: { en: 'Covered, evidence A (minutes)', zh: '证据 A 覆盖（分钟）' },
  covered_A_ms: { en: 'Covered, evidence A (ms)', zh: '证据 A 覆盖（毫秒）' },
  covered_B_minutes: { en: 'Covered, evidence B (minutes)', zh: '证据 B 覆盖（分钟）' },
  covered_B_ms: { en: 'Covered, evidence B (ms)', zh: '证据 B 覆盖（毫秒）' },
  covered_C_minutes: { en: 'Covered, evidence C (minutes)', zh: '证据 C 覆盖（分钟）' },
  covered_C_ms: { en: 'Covered, evidence C (ms)', zh: '证据 C 覆盖（毫秒）' },
} as const satisfies Headings<string>;

export type Heading = keyof typeof headings;
export type RecordLine = Line<Heading>;

/** The headings of one table, in its order. */
export const headingsOf = <Column extends Heading>(columns: readonly Column[]): Headings<Column> =>
  Object.fromEntries(columns.map((column) => [column, headings[column]])) as unknown as Headings<Column>;
