import { type CreateUnit, type Page, roles, type UnitQuery, type UnitView } from '#libs/contracts';
import { Unit } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { pageOfRows } from '../http/paging.js';
import { findUnit, listUnits, placeUnder, type Standing } from './units.queries.js';

/** The organisation tree, as far as a caller stands in it. */
@Injectable()
export class UnitsService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  async list(query: UnitQuery, caller: Caller): Promise<Page<UnitView>> {
    const rows = await listUnits(this.database.manager, this.standingOf(caller), query);
    return pageOfRows(
      rows,
      query.limit,
      ({ name, id }) => [name, id],
      (unit) => unit,
    );
  }

  /** @throws {DomainError} `not-found` for a unit that the caller does not see, too. */
  async find(id: string, caller: Caller): Promise<UnitView> {
    const unit = await findUnit(this.database.manager, this.standingOf(caller), id);
    if (!unit) throw new DomainError('not-found', `There is no unit ${id}.`);
    return unit;
  }

  async create({ name, kind, parentId, timeZone }: CreateUnit, caller: Caller): Promise<UnitView> {
    await this.authority.require(caller, ['admin'], { unitId: parentId });
    const id = uuidv7();
    await this.database.transaction(async (tx) => {
      const parent = await tx.findOneByOrFail(Unit, { id: parentId });
      await tx.insert(Unit, { id, name, kind, timeZone: timeZone ?? parent.timeZone });
      await placeUnder(tx, id, parentId);
    });
    return this.find(id, caller);
  }

  private standingOf(caller: Caller): Standing {
    return { unitIds: this.authority.unitsOfRoles(caller, roles), siteIds: this.authority.sitesOf(caller) };
  }
}
