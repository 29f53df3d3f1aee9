import { z } from 'zod';
import { UnitKind } from './organisation.js';
import { PageQuery, pageOf } from './paging.js';
import { AudienceView } from './records.js';

const count = z.number().int();
const day = z.iso.date();

export const unitBreakdowns = ['unit', 'site', 'lecture', 'category', 'day'] as const;
export type UnitBreakdown = (typeof unitBreakdowns)[number];

/** Days of the sites' time zones, both included. `by`: what the items of the list are. */
export const UnitRecordQuery = PageQuery.extend({
  from: day.optional(),
  to: day.optional(),
  by: z.enum(unitBreakdowns).default('unit'),
  format: z.enum(['json', 'csv']).default('json'),
});
export type UnitRecordQuery = z.output<typeof UnitRecordQuery>;

/**
 * Sums over days. A learner is one head a day and site; credit is that of each learner and day; completions are the verdicts
 * reached on those days. Null: a group too small to be told, or by which one such could be reckoned.
 */
const UnitTotals = AudienceView.extend({ creditMs: count.nullable(), completions: count.nullable() });

export const UnitRecordItem = UnitTotals.extend({
  /** Of the unit, site, lecture or category, or the day; null for lectures without a category. */
  id: z.string().nullable(),
  /** Null where `id` is, and for days. */
  name: z.string().nullable(),
  /** The category above, the course of a lecture. */
  under: z.string().nullable(),
  kind: UnitKind.nullable(),
});
export type UnitRecordItem = z.output<typeof UnitRecordItem>;

/**
 * What was watched below a unit, by the tree of each day. Categories are the sums of their lectures, tier one and tier two:
 * somebody who watched two lectures on a day is two heads there.
 */
export const UnitRecord = pageOf(UnitRecordItem).extend({
  ...UnitTotals.shape,
  unitId: z.uuid(),
  unitName: z.string(),
  kind: UnitKind,
  /** The units above whose records the reader may see, too, the topmost first. */
  above: z.array(z.object({ id: z.uuid(), name: z.string() })),
  /** All that had arrived by then is in the totals. */
  freshAt: z.iso.datetime(),
});
export type UnitRecord = z.output<typeof UnitRecord>;
