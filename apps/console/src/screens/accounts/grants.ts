import type { CreateAccount, RoleName } from '#libs/contracts';

/** Roles that are held on a unit and its whole subtree; an operator answers for one site. */
export const unitRoles = ['admin', 'librarian', 'organiser', 'auditor'] as const satisfies readonly RoleName[];

interface Place {
  readonly id: string;
}

/** One grant a role, on the place that it is held on; a role whose place is not chosen is left out. */
export const grantsOf = (roles: readonly RoleName[], unit: Place | null, site: Place | null): CreateAccount['roles'] =>
  roles.flatMap((role): CreateAccount['roles'] => {
    if (role === 'operator') return site ? [{ role, siteId: site.id }] : [];
    return unit ? [{ role, unitId: unit.id }] : [];
  });
