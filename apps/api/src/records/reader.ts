import type { RoleName } from '#libs/contracts';

/** Who answers for rosters and so may see names (TRACKING.md 11); others on or above a site's unit see counts. */
export const KEEPERS: readonly RoleName[] = ['admin', 'organiser', 'operator'];
export const COUNTERS: readonly RoleName[] = ['admin', 'organiser', 'operator', 'auditor', 'librarian'];
