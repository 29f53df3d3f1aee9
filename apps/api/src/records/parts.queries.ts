import type { UnitKind } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import type { Language } from '../http/language.js';
import type { AudienceRow } from './audience.js';
import { hides, TOTALS, within } from './sums.queries.js';

export interface TotalsRow extends AudienceRow {
  readonly credit_ms: number;
  readonly completions: number;
}

/** Beside others that add up to a whole: what is hidden of it from those who see no names. */
export interface HiddenRow extends TotalsRow {
  readonly hides_audience: boolean;
  readonly hides_completions: boolean;
}

export interface PartRow extends HiddenRow {
  readonly id: string | null;
  readonly name: string | null;
  readonly under: string | null;
  readonly kind: UnitKind | null;
  readonly sort: string;
}

/** Of what the days are kept, and which of them is meant by `$1`. */
export type Days = { readonly table: 'unit_day'; readonly key: 'unit_id' } | typeof SITE_DAYS;
export const UNIT_DAYS = { table: 'unit_day', key: 'unit_id' } as const;
export const SITE_DAYS = { table: 'site_day', key: 'site_id' } as const;

const ofEditions = ({ table }: Days) => `
  FROM ${table} days JOIN edition ON edition.id = days.edition_id JOIN lecture ON lecture.id = edition.lecture_id
  JOIN course ON course.id = lecture.course_id`;

/** `part`: whose members add up to a number that is told beside them. */
export const partColumns = ({
  id,
  name,
  under = 'NULL::text',
  kind = 'NULL::text',
  part = `''`,
  sort,
}: Record<string, string>) =>
  `${id}::text AS id, ${name}::text AS name, ${under}::text AS under, ${kind} AS kind, ${part}::text AS part,
   ${sort} COLLATE "zh-x-icu" AS sort, ${TOTALS}`;

export const lectureParts = (days: Days) => `
  SELECT ${partColumns({ id: 'lecture.id', name: 'lecture.title', under: 'course.title', sort: 'lecture.title' })}
  ${ofEditions(days)} WHERE days.${days.key} = $1 AND ${within('day')} GROUP BY lecture.id, course.id`;

/** Latest first. */
export const dayParts = ({ table, key }: Days) => `
  SELECT ${partColumns({ id: 'day', name: 'NULL', sort: `lpad((date '9999-12-31' - day)::text, 8, '0')` })}
  FROM ${table} WHERE ${key} = $1 AND ${within('day')} AND edition_id IS NULL GROUP BY day`;

/** Tier one with all below it, then those of tier two; lectures without a category last. */
export const categoryParts = (days: Days, language: Language) => {
  const name = language === 'zh' ? 'name_zh' : 'name_en';
  return `
  SELECT ${partColumns({
    id: 'coalesce(leaf.id, top.id)',
    name: `coalesce(leaf.${name}, top.${name})`,
    under: `CASE WHEN leaf.id IS NOT NULL THEN top.${name} END`,
    part: `CASE WHEN leaf.id IS NOT NULL THEN top.id END`,
    sort: `coalesce(top.${name}, '龘') || ' ' || coalesce(leaf.${name}, '')`,
  })}
  FROM (
    SELECT days.*, category.id AS leaf_id, coalesce(category.parent_id, category.id) AS top_id,
           category.parent_id IS NOT NULL AS is_leaf
    ${ofEditions(days)} LEFT JOIN category ON category.id = coalesce(lecture.category_id, course.category_id)
    WHERE days.${days.key} = $1 AND ${within('day')}
  ) filed
  CROSS JOIN LATERAL (VALUES (false), (true)) tier (is_second)
  LEFT JOIN category top ON top.id = filed.top_id
  LEFT JOIN category leaf ON tier.is_second AND leaf.id = filed.leaf_id AND filed.is_leaf
  WHERE NOT tier.is_second OR filed.is_leaf
  GROUP BY top.id, leaf.id`;
};

export interface PageOfParts {
  /** Of the unit or site. */
  readonly id: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly after: readonly (string | null)[];
  readonly limit: number;
}

/** `limit + 1` of them. */
export const pageOfParts = (
  db: EntityManager,
  parts: string,
  { id, from, to, after, limit }: PageOfParts,
): Promise<PartRow[]> =>
  db.query(
    `SELECT id, name, under, kind, sort, sessions, a, b, c, d, minutes_ms, credit_ms, completions, hides_audience,
            hides_completions
     FROM (
       SELECT *, ${hides('(a + b + c + d)', 'sort, id', 'part')} AS hides_audience,
              ${hides('completions', 'sort, id', 'part')} AS hides_completions
       FROM (${parts}) parts
     ) judged
     WHERE $4::text IS NULL OR (sort, coalesce(id, '')) > ($4 COLLATE "zh-x-icu", $5::text)
     ORDER BY sort, coalesce(id, '') LIMIT $6`,
    [id, from, to, after[0], after[1], limit + 1],
  );

export const keyOfPart = ({ sort, id }: PartRow): string[] => [sort, id ?? ''];
