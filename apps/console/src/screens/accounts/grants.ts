import type { CreateAccount, RoleGrant, RoleName } from '#libs/contracts';

const allRoles: readonly RoleName[] = ['admin', 'librarian', 'organiser', 'auditor', 'operator'];

/** Nobody grants what they do not hold themselves. */
export const grantableBy = (grants: readonly RoleGrant[]): RoleName[] =>
  allRoles.filter((role) => grants.some((grant) => grant.role === role));

interface Place {
  readonly id: string;
}

/** One grant a role: on a unit with its whole subtree, or, for an operator, on one site; a role whose place is not chosen is left out. */
export const grantsOf = (roles: readonly RoleName[], unit: Place | null, site: Place | null): CreateAccount['roles'] =>
  roles.flatMap((role): CreateAccount['roles'] => {
    if (role === 'operator') return site ? [{ role, siteId: site.id }] : [];
    return unit ? [{ role, unitId: unit.id }] : [];
  });
