import type { RoleName } from '#libs/contracts';

/** Who reads counts, on or above a site's unit. Who reads names is told by `Names`. */
export const COUNTERS: readonly RoleName[] = ['admin', 'organiser', 'operator', 'auditor', 'librarian'];
