import type { UnitBreakdown, UnitKind } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import type { Language } from '../http/language.js';
import type { AudienceRow } from './audience.js';
import { SUMS } from './site-record.queries.js';

/** A unit over some days, both included; null: without end. */
export interface UnitSpell {
  readonly unitId: string;
  readonly from: string | null;
  readonly to: string | null;
}

export interface UnitTotalsRow extends AudienceRow {
  readonly credit_ms: number;
  readonly completions: number;
}

export interface UnitPartRow extends UnitTotalsRow {
  readonly id: string | null;
  readonly name: string | null;
  readonly under: string | null;
  readonly kind: UnitKind | null;
  readonly hides_audience: boolean;
  readonly hides_completions: boolean;
  readonly sort: string;
}

const IN_SPELL = `($2::date IS NULL OR day >= $2) AND ($3::date IS NULL OR day <= $3)`;
const UNIT_SUMS = `${SUMS}, coalesce(sum(credit_ms), 0)::float8 AS credit_ms,
  coalesce(sum(completions), 0)::float8 AS completions`;

export const unitTotals = async (db: EntityManager, { unitId, from, to }: UnitSpell): Promise<UnitTotalsRow> => {
  const [row] = await db.query<[UnitTotalsRow]>(
    `SELECT ${UNIT_SUMS} FROM unit_day WHERE unit_id = $1 AND ${IN_SPELL} AND edition_id IS NULL`,
    [unitId, from, to],
  );
  return row;
};

const OF_EDITIONS = `
  FROM unit_day JOIN edition ON edition.id = unit_day.edition_id JOIN lecture ON lecture.id = edition.lecture_id
  JOIN course ON course.id = lecture.course_id`;

/** `part`: whose members add up to a number that is told beside them. */
const columns = ({ id, name, under = 'NULL::text', kind = 'NULL::text', part = `''`, sort }: Record<string, string>) =>
  `${id}::text AS id, ${name}::text AS name, ${under}::text AS under, ${kind} AS kind, ${part}::text AS part,
   ${sort} COLLATE "zh-x-icu" AS sort, ${UNIT_SUMS}`;

/** Each unit for the days on which it stood under this one; those that stand there today with nothing, too. */
const UNITS = `
  SELECT ${columns({ id: 'child.id', name: 'child.name', kind: 'child.kind', sort: 'child.name' })}
  FROM (SELECT unit_id, bool_or(to_date IS NULL) AS is_present FROM unit_parent WHERE parent_id = $1 GROUP BY unit_id) link
  JOIN unit child ON child.id = link.unit_id
  LEFT JOIN unit_day ON unit_day.unit_id = child.id AND edition_id IS NULL AND ${IN_SPELL}
    AND unit_parent_on(child.id, day) = $1
  GROUP BY child.id HAVING bool_or(link.is_present) OR count(unit_day.day) > 0`;

const SITES = `
  SELECT ${columns({ id: 'site.id', name: 'site.name', sort: 'site.name' })}
  FROM site LEFT JOIN site_day ON site_day.site_id = site.id AND edition_id IS NULL AND ${IN_SPELL}
  WHERE site.unit_id = $1 GROUP BY site.id`;

const LECTURES = `
  SELECT ${columns({ id: 'lecture.id', name: 'lecture.title', under: 'course.title', sort: 'lecture.title' })}
  ${OF_EDITIONS} WHERE unit_day.unit_id = $1 AND ${IN_SPELL} GROUP BY lecture.id, course.id`;

/** Latest first. */
const DAYS = `
  SELECT ${columns({ id: 'day', name: 'NULL', sort: `lpad((date '9999-12-31' - day)::text, 8, '0')` })}
  FROM unit_day WHERE unit_id = $1 AND ${IN_SPELL} AND edition_id IS NULL GROUP BY day`;

/** Tier one with all below it, then those of tier two; lectures without a category last. */
const categories = (name: 'name_en' | 'name_zh') => `
  SELECT ${columns({
    id: 'coalesce(leaf.id, top.id)',
    name: `coalesce(leaf.${name}, top.${name})`,
    under: `CASE WHEN leaf.id IS NOT NULL THEN top.${name} END`,
    part: `CASE WHEN leaf.id IS NOT NULL THEN top.id END`,
    sort: `coalesce(top.${name}, '龘') || ' ' || coalesce(leaf.${name}, '')`,
  })}
  FROM (
    SELECT unit_day.*, category.id AS leaf_id, coalesce(category.parent_id, category.id) AS top_id,
           category.parent_id IS NOT NULL AS is_leaf
    ${OF_EDITIONS} LEFT JOIN category ON category.id = coalesce(lecture.category_id, course.category_id)
    WHERE unit_day.unit_id = $1 AND ${IN_SPELL}
  ) filed
  CROSS JOIN LATERAL (VALUES (false), (true)) tier (is_second)
  LEFT JOIN category top ON top.id = filed.top_id
  LEFT JOIN category leaf ON tier.is_second AND leaf.id = filed.leaf_id AND filed.is_leaf
  WHERE NOT tier.is_second OR filed.is_leaf
  GROUP BY top.id, leaf.id`;

const breakdownOf = (by: UnitBreakdown, language: Language): string =>
  ({
    unit: UNITS,
    site: SITES,
    lecture: LECTURES,
    day: DAYS,
    category: categories(language === 'zh' ? 'name_zh' : 'name_en'),
  })[by];

/**
 * Whether a count is hidden from those who see no names: a group of less than five is; and where all that are hidden
 * together are less than five, the next smallest with them, or they could be reckoned from the sum.
 */
const hides = (count: string) => `(${count} BETWEEN 1 AND 4 OR (
  row_number() OVER (PARTITION BY part, ${count} >= 5 ORDER BY ${count}, sort, id) = 1 AND ${count} >= 5
  AND coalesce(sum(${count}) FILTER (WHERE ${count} BETWEEN 1 AND 4) OVER (PARTITION BY part), 0) BETWEEN 1 AND 4))`;

export interface PartsOf extends UnitSpell {
  readonly by: UnitBreakdown;
  readonly language: Language;
  readonly after: readonly (string | null)[];
  readonly limit: number;
}

/** `limit + 1` of them. */
export const unitParts = (
  db: EntityManager,
  { unitId, from, to, by, language, after, limit }: PartsOf,
): Promise<UnitPartRow[]> =>
  db.query(
    `SELECT id, name, under, kind, sort, sessions, a, b, c, d, minutes_ms, credit_ms, completions, hides_audience,
            hides_completions
     FROM (
       SELECT *, ${hides('(a + b + c + d)')} AS hides_audience, ${hides('completions')} AS hides_completions
       FROM (${breakdownOf(by, language)}) parts
     ) judged
     WHERE $4::text IS NULL OR (sort, coalesce(id, '')) > ($4 COLLATE "zh-x-icu", $5::text)
     ORDER BY sort, coalesce(id, '') LIMIT $6`,
    [unitId, from, to, after[0], after[1], limit + 1],
  );

export const keyOfPart = ({ sort, id }: UnitPartRow): string[] => [sort, id ?? ''];
