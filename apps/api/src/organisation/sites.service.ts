import { type CreateSite, type Page, type RoleName, roles, type SiteQuery, type SiteView } from '#libs/contracts';
import { Site } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { pageOfRows } from '../http/paging.js';
import { findSite, listSites, standingWithin } from './sites.queries.js';

/** Terminal sites. */
@Injectable()
export class SitesService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  async list(query: SiteQuery, caller: Caller): Promise<Page<SiteView>> {
    const whole = { unitIds: this.authority.unitsOfRoles(caller, roles), siteIds: this.authority.sitesOf(caller) };
    const db = this.database.manager;
    const standing = query.unitId ? await standingWithin(db, whole, query.unitId) : whole;
    const rows = await listSites(db, standing, query);
    return pageOfRows(
      rows,
      query.limit,
      ({ name, id }) => [name, id],
      (site) => site,
    );
  }

  /** @throws {DomainError} `not-found` for a site that the caller does not see, too. */
  async find(id: string, caller: Caller): Promise<SiteView> {
    const seen = await this.reaches(caller, roles, id);
    const site = seen ? await findSite(this.database.manager, id) : undefined;
    if (!site) throw new DomainError('not-found', `There is no site ${id}.`);
    return site;
  }

  async create({ unitId, ...site }: CreateSite, caller: Caller): Promise<SiteView> {
    await this.authority.require(caller, ['admin'], { unitId });
    const id = uuidv7();
    await this.database.manager.insert(Site, { id, unitId, ...site });
    return this.find(id, caller);
  }

  /** @throws {DomainError} `forbidden` unless the caller holds one of the roles at the site, or is its device. */
  async require(caller: Caller, allowed: readonly RoleName[], siteId: string): Promise<void> {
    if (await this.reaches(caller, allowed, siteId)) return;
    throw new DomainError('forbidden', 'You have no role at this site that allows this.');
  }

  private async reaches(caller: Caller, allowed: readonly RoleName[], siteId: string): Promise<boolean> {
    if (caller.kind === 'device') return caller.siteId === siteId;
    return this.authority.holds(caller, allowed, { siteId });
  }
}
