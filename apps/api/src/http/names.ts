import type { RoleName } from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from './authority.js';
import type { Caller } from './caller.js';
import { hasUnitsBelow, namedSites } from './names.queries.js';

/** Who keeps rosters. An operator does so at their site; the others where their role itself lies. */
const KEEPERS: readonly RoleName[] = ['admin', 'organiser', 'operator'];

/** Sites on which a reader stands, and units whose own sites are theirs: not the units below. */
export interface NameReach {
  readonly siteIds: readonly string[];
  readonly unitIds: readonly string[];
}

/**
 * The one place that decides who reads names, what a single person watched, and groups under five (TRACKING.md 11). A
 * roster belongs to its site and to the unit of that site: the learner themselves, the site's operators and device, and
 * admins and organisers of that very unit. Whoever stands above, holds roles there ({@link Authority}), but sees counts.
 */
@Injectable()
export class Names {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  /** Of everybody at a site. */
  mayName(caller: Caller, siteId: string): Promise<boolean> {
    return this.mayNameAtOneOf(caller, [siteId]);
  }

  /** Of one learner: theirs, and of those who may name people at one of the sites on whose roster they are. */
  async mayRead(caller: Caller, learnerId: string, siteIds: readonly string[]): Promise<boolean> {
    if (caller.kind === 'person' && caller.learnerId === learnerId) return true;
    return this.mayNameAtOneOf(caller, siteIds);
  }

  /** Of everybody in the sums of a unit. Where units stand below, their people are among them. */
  async mayNameAllOf(caller: Caller, unitId: string): Promise<boolean> {
    if (!this.reach(caller).unitIds.includes(unitId)) return false;
    return !(await hasUnitsBelow(this.database.manager, unitId));
  }

  /** For conditions in statements: see `namedIn`. */
  reach(caller: Caller): NameReach {
    return { siteIds: sitesKeptBy(caller), unitIds: this.authority.unitsOfRoles(caller, KEEPERS) };
  }

  private async mayNameAtOneOf(caller: Caller, among: readonly string[]): Promise<boolean> {
    const reach = this.reach(caller);
    if (among.some((siteId) => reach.siteIds.includes(siteId))) return true;
    if (among.length === 0 || reach.unitIds.length === 0) return false;
    return (await namedSites(this.database.manager, among, reach)).length > 0;
  }
}

function sitesKeptBy(caller: Caller): string[] {
  if (caller.kind === 'device') return [caller.siteId];
  if (caller.kind !== 'person') return [];
  return caller.roles.flatMap(({ role, siteId }) => (siteId !== null && KEEPERS.includes(role) ? [siteId] : []));
}
