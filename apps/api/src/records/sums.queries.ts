/** Sums over rows of `site_day` or `unit_day`. */
export const SUMS = `coalesce(sum(sessions), 0)::int AS sessions, coalesce(sum(audience_a), 0)::int AS a,
  coalesce(sum(audience_b), 0)::int AS b, coalesce(sum(audience_c), 0)::int AS c,
  coalesce(sum(audience_d), 0)::float8 AS d, coalesce(sum(minutes_ms), 0)::float8 AS minutes_ms`;

/** With what was gained. */
export const TOTALS = `${SUMS}, coalesce(sum(credit_ms), 0)::float8 AS credit_ms,
  coalesce(sum(completions), 0)::float8 AS completions`;

/** From `$2` to `$3`. By index in a plan for any values, too: `$2 IS NULL OR …` would read all that there ever was. */
export const within = (day: string) =>
  `${day} BETWEEN coalesce($2::date, '-infinity') AND coalesce($3::date, 'infinity')`;

/**
 * Whether a count is hidden from those who see no names: a group of less than five is; and where all that are hidden
 * together are less than five, the next smallest with them, or they could be reckoned from the sum that is told of the
 * `part`. `order` makes the choice among equals the same each time.
 */
export const hides = (count: string, order: string, part = `''`) => `(${count} BETWEEN 1 AND 4 OR (
  row_number() OVER (PARTITION BY ${part}, ${count} >= 5 ORDER BY ${count}, ${order}) = 1 AND ${count} >= 5
  AND coalesce(sum(${count}) FILTER (WHERE ${count} BETWEEN 1 AND 4) OVER (PARTITION BY ${part}), 0) BETWEEN 1 AND 4))`;
