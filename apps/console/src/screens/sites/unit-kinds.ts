import type { UnitKind } from '#libs/contracts';

/** From the centre down; a unit's children are mostly of the next kind. */
export const kinds: readonly UnitKind[] = ['centre', 'province', 'prefecture', 'county', 'township', 'village'];

export const kindUnder = (parent: UnitKind | undefined): UnitKind =>
  (parent && kinds[kinds.indexOf(parent) + 1]) ?? 'village';
