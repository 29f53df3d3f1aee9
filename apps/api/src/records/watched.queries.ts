/** Length in ms of a multirange; 0 when it is null. */
export const lengthOf = (ranges: string): string =>
  `(SELECT coalesce(sum(upper(part) - lower(part)), 0)::float8 FROM unnest(${ranges}) part)`;

/** An aggregate over the parts of `session_audience.watched` that `EACH_PART` gives: media as a multirange. */
export const MEDIA = `range_agg(int4range((part->>0)::int, (part->>1)::int))`;
export const EACH_PART = `jsonb_each(watched) graded, jsonb_array_elements(graded.value) part`;
