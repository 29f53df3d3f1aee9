import type { LibraryScope } from '../http/authority.js';

/** Who picks à la carte: a learner for themselves, and sites by their device or operator. */
export interface Picker {
  readonly learnerId: string | null;
  readonly siteIds: readonly string[];
}

/** The first four parameters of every query of the catalogue: `$1`, `$2` what is visible, `$3`, `$4` what is picked. */
export const viewpoint = ({ unitIds, belowUnitIds }: LibraryScope, { learnerId, siteIds }: Picker): unknown[] => [
  unitIds,
  belowUnitIds,
  learnerId,
  siteIds,
];

/** A condition on `course`: its library is visible to the caller. */
export const visible = `course.unit_id IN (
  SELECT unnest($1::uuid[]) UNION ALL SELECT unit_id FROM unit_above WHERE above_id = ANY($2::uuid[]))`;

/** Whether the caller has picked it. */
export const picked = (thing: 'course' | 'lecture'): string => `coalesce(${thing}.id IN (
  SELECT ${thing}_id FROM selection
  WHERE (learner_id = $3::uuid OR site_id = ANY($4::uuid[])) AND ${thing}_id IS NOT NULL), false)`;

/** A category together with those under it. */
export const withinCategory = (column: string, parameter: string): string =>
  `${column} IN (SELECT id FROM category WHERE id = ${parameter} OR parent_id = ${parameter})`;
