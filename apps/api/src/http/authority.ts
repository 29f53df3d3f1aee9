import { type RoleName, roles } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { anyRoot, learnersWithin, sitesOfLearner, unitsAbove, unitsOfSites } from './authority.queries.js';
import type { Caller } from './caller.js';

/** Where a role is asked for: on a unit, or on a site (which its operator holds, and staff of the units above it). */
export type Place = { readonly unitId: string } | { readonly siteId: string };

/** Libraries: those of some units, and those of all units below some. */
export interface LibraryScope {
  readonly unitIds: readonly string[];
  readonly belowUnitIds: readonly string[];
}

const present = (id: string | null): id is string => id !== null;

/** Answers on which units and sites a caller may do what. Roles on a unit hold in its whole subtree. */
@Injectable()
export class Authority {
  constructor(private readonly database: DataSource) {}

  /** @throws {DomainError} `forbidden` unless the caller holds one of the roles there. */
  async require(caller: Caller, allowed: readonly RoleName[], place: Place): Promise<void> {
    if (!(await this.holds(caller, allowed, place))) {
      throw new DomainError('forbidden', 'You have no role there that allows this.');
    }
  }

  async holds(caller: Caller, allowed: readonly RoleName[], place: Place): Promise<boolean> {
    if (caller.kind !== 'person') return false;
    const grants = caller.roles.filter(({ role }) => allowed.includes(role));
    if ('siteId' in place && grants.some(({ siteId }) => siteId === place.siteId)) return true;
    const granted = new Set(grants.map(({ unitId }) => unitId).filter(present));
    if (granted.size === 0) return false;
    const above = await unitsAbove(this.database.manager, await this.unitsOf(place));
    return above.some((unitId) => granted.has(unitId));
  }

  /**
   * Over how many of the sites that answer for a learner the caller holds one of the roles. `all` it takes to act in the
   * learner's name (an account, a card, a PIN): who held but one of them could become the learner of the others.
   */
  async overLearner(caller: Caller, allowed: readonly RoleName[], learnerId: string): Promise<'all' | 'some' | 'none'> {
    const siteIds = await sitesOfLearner(this.database.manager, learnerId);
    const held = await Promise.all(siteIds.map((siteId) => this.holds(caller, allowed, { siteId })));
    if (!held.includes(true)) return 'none';
    return held.includes(false) ? 'some' : 'all';
  }

  /** Of some learners, those over all of whose sites the caller holds one of the roles: `overLearner` for many at once. */
  async overWhom(caller: Caller, allowed: readonly RoleName[], learnerIds: readonly string[]): Promise<Set<string>> {
    if (caller.kind !== 'person' || learnerIds.length === 0) return new Set();
    const held = caller.roles.filter(({ role }) => allowed.includes(role));
    const siteIds = held.map(({ siteId }) => siteId).filter(present);
    return learnersWithin(this.database.manager, learnerIds, siteIds, this.unitsOfRoles(caller, allowed));
  }

  /** Whether the caller holds one of the roles on a root, and so over the whole house. */
  isOverAll(caller: Caller, allowed: readonly RoleName[]): Promise<boolean> {
    return anyRoot(this.database.manager, this.unitsOfRoles(caller, allowed));
  }

  /** The units on which the caller holds one of the roles itself; what lies below them stands in `unit_above`. */
  unitsOfRoles(caller: Caller, allowed: readonly RoleName[]): string[] {
    if (caller.kind !== 'person') return [];
    const granted = caller.roles.filter(({ role }) => allowed.includes(role));
    return granted.map(({ unitId }) => unitId).filter(present);
  }

  /** Sites on which the caller itself stands: as operator, or as the device. */
  sitesOf(caller: Caller): string[] {
    if (caller.kind === 'device') return [caller.siteId];
    return caller.kind === 'person' ? caller.roles.map(({ siteId }) => siteId).filter(present) : [];
  }

  /** Whether the caller sees the library of a unit. */
  async seesLibrary(caller: Caller, unitId: string): Promise<boolean> {
    const { unitIds, belowUnitIds } = await this.libraryScope(caller);
    if (unitIds.includes(unitId)) return true;
    if (belowUnitIds.length === 0) return false;
    const above = await unitsAbove(this.database.manager, [unitId]);
    return above.some((id) => belowUnitIds.includes(id));
  }

  /**
   * The libraries that the caller sees: those of the units above each place where they stand, and of all below their
   * roles. The units below may be tens of thousands: they stay in `unit_above`.
   */
  async libraryScope(caller: Caller): Promise<LibraryScope> {
    if (caller.kind === 'nobody' || caller.kind === 'outbox') return { unitIds: [], belowUnitIds: [] };
    const learnerId = caller.kind === 'person' ? caller.learnerId : undefined;
    const belowUnitIds = this.unitsOfRoles(caller, roles);
    const standing = await unitsOfSites(this.database.manager, this.sitesOf(caller), learnerId);
    return { unitIds: await unitsAbove(this.database.manager, [...standing, ...belowUnitIds]), belowUnitIds };
  }

  private unitsOf(place: Place): Promise<string[]> {
    return 'unitId' in place
      ? Promise.resolve([place.unitId])
      : unitsOfSites(this.database.manager, [place.siteId], undefined);
  }
}
