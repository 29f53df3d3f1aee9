import { z } from 'zod';
import { UnitKind } from './organisation.js';
import { PageQuery, pageOf } from './paging.js';
import { TotalsView } from './records.js';

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

/** One of those into which a record is taken apart. */
export const RecordPart = TotalsView.extend({
  /** Of the unit, site, lecture or category, or the day; null for lectures without a category. */
  id: z.string().nullable(),
  /** Null where `id` is, and for days. */
  name: z.string().nullable(),
  /** The category above, the course of a lecture. */
  under: z.string().nullable(),
  /** Of a unit. */
  kind: UnitKind.nullable(),
});
export type RecordPart = z.output<typeof RecordPart>;

/**
 * What was watched below a unit, by the tree of each day. Categories are the sums of their lectures, tier one and tier two:
 * somebody who watched two lectures on a day is two heads there.
 */
export const UnitRecord = pageOf(RecordPart).extend({
  ...TotalsView.shape,
  unitId: z.uuid(),
  unitName: z.string(),
  kind: UnitKind,
  /** The units above whose records the reader may see, too, the topmost first. */
  above: z.array(z.object({ id: z.uuid(), name: z.string() })),
  /** All that had arrived by then is in the totals. */
  freshAt: z.iso.datetime(),
});
export type UnitRecord = z.output<typeof UnitRecord>;

export const siteBreakdowns = ['lecture', 'category', 'day'] as const;
export type SiteBreakdown = (typeof siteBreakdowns)[number];

/** Days of the site's time zone, both included. */
export const SitePartsQuery = PageQuery.extend({
  from: day.optional(),
  to: day.optional(),
  by: z.enum(siteBreakdowns).default('day'),
  format: z.enum(['json', 'csv']).default('json'),
});
export type SitePartsQuery = z.output<typeof SitePartsQuery>;

/** What was watched at a site, taken apart. Categories as in the record of a unit. */
export const SiteParts = pageOf(RecordPart).extend({ siteId: z.uuid(), freshAt: z.iso.datetime() });
export type SiteParts = z.output<typeof SiteParts>;
