import type { RoleGrant, RoleName } from '#libs/contracts';

/** What the navigation offers, in its order, and who is offered it. The server decides again at every request. */
const offered = {
  uploads: ['librarian'],
  courses: ['librarian', 'admin', 'organiser', 'auditor'],
  pipeline: ['librarian', 'admin'],
  sites: ['admin', 'organiser', 'operator', 'auditor'],
  files: ['admin', 'organiser', 'operator', 'auditor'],
  review: ['admin', 'organiser', 'operator'],
  accounts: ['admin'],
  health: ['admin'],
} satisfies Record<string, readonly RoleName[]>;

export type Area = keyof typeof offered;

export const holds = (grants: readonly RoleGrant[], ...names: readonly RoleName[]) =>
  grants.some(({ role }) => names.includes(role));

/** Whether names and records of a site's people are shown: its roster is kept there, not by the units above. The server decides. */
export const keepsRoster = (grants: readonly RoleGrant[], site: { id: string; unitId: string }) =>
  grants.some(
    ({ role, siteId, unitId }) =>
      siteId === site.id || (unitId === site.unitId && (role === 'admin' || role === 'organiser')),
  );

export const areasOf = (grants: readonly RoleGrant[]): Area[] =>
  (Object.keys(offered) as Area[]).filter((area) => holds(grants, ...offered[area]));
