import type { AccountView, RoleGrant, WhoAmI } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import type { Caller } from '../http/caller.js';
import type { SignedInRow } from '../http/credentials.queries.js';

export const accountViewOf = (row: SignedInRow): AccountView => ({
  id: row.id,
  name: row.name,
  roles: row.roles as RoleGrant[],
  ...(row.learner_id ? { learnerId: row.learner_id } : {}),
});

/** @throws {DomainError} `not-signed-in` for a device, which is no person. */
export function whoAmI(caller: Caller): WhoAmI {
  if (caller.kind !== 'person') throw new DomainError('not-signed-in', 'Nobody is signed in here.');
  const { id, name, roles, learnerId } = caller;
  return { account: { id, name, roles, ...(learnerId ? { learnerId } : {}) } };
}
