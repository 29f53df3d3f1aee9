import type { RoleName } from '#libs/contracts';
import { labelOf } from '#libs/database';
import { DomainError } from '#libs/domain';
import type { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';

/** Who answers for a roster: they answer disputes and name those who were counted. */
export const KEEPERS: readonly RoleName[] = ['admin', 'organiser', 'operator'];
/** Who may rule against what was reported: nobody who stood in the room. */
export const RULERS: readonly RoleName[] = ['admin', 'organiser'];

/** Sites on which a caller stands, and units whose subtree is theirs. */
export interface Reach {
  readonly siteIds: readonly string[];
  readonly unitIds: readonly string[];
}

export const reachOf = (authority: Authority, caller: Caller, roles: readonly RoleName[]): Reach => ({
  siteIds: roles.includes('operator') ? authority.sitesOf(caller) : [],
  unitIds: authority.unitsOfRoles(caller, roles),
});

/** Condition on a row of `site`, or of another name for it, by the places of two parameters. */
export const inReach = (sites: string, units: string, site = 'site'): string =>
  `(${site}.id = ANY(${sites}::uuid[]) OR EXISTS (
     SELECT FROM unit_above above WHERE above.unit_id = ${site}.unit_id AND above.above_id = ANY(${units}::uuid[])))`;

/** A learner in the audit log goes by the label by which the ledger knows them once they are erased. */
export const auditedLearner = labelOf;

/** In the audit log, somebody who acts as a learner goes by that learner's label. */
export const auditedCaller = (caller: Caller, asLearner: boolean): string =>
  asLearner && caller.kind === 'person' && caller.learnerId ? labelOf(caller.learnerId) : actorOf(caller);

export const isLearner = (caller: Caller, learnerId: string): boolean =>
  caller.kind === 'person' && caller.learnerId === learnerId;

/** @throws {DomainError} `forbidden`: nobody rules in their own case. */
export function requireOthers(caller: Caller, learnerId: string): void {
  if (isLearner(caller, learnerId)) throw new DomainError('forbidden', 'Nobody decides in their own case.');
}
