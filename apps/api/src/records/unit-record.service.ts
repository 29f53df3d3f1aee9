import type { UnitRecord, UnitRecordQuery } from '#libs/contracts';
import { unitsFreshAt } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import type { Language } from '../http/language.js';
import { Names } from '../http/names.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { PARTS_AT_ONCE, partTable } from './part-table.js';
import { keyOfPart } from './parts.queries.js';
import { COUNTERS } from './reader.js';
import { recordPart, totalsOf } from './totals.js';
import { unitParts, unitTotals, type UnitSpell } from './unit-breakdown.queries.js';
import { unitHead } from './unit.queries.js';

@Injectable()
export class UnitRecordService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly names: Names,
  ) {}

  /** @throws {DomainError} `forbidden`, `not-found` */
  async read(unitId: string, query: UnitRecordQuery, caller: Caller, language: Language): Promise<UnitRecord> {
    const mayName = await this.requireReader(unitId, caller);
    const db = this.database.manager;
    const { above, ...unit } = await this.head(unitId, caller);
    const spell = spellOf(unitId, query);
    const { by, limit } = query;
    const freshAt = await unitsFreshAt(db);
    const parts = await unitParts(db, { ...spell, by, language, after: keyOf(query.after, 2), limit });
    return {
      ...pageOfRows(parts, limit, keyOfPart, (row) => recordPart(row, mayName)),
      ...totalsOf(await unitTotals(db, spell), mayName),
      unitId,
      unitName: unit.name,
      kind: unit.kind,
      above,
      freshAt: freshAt.toISOString(),
    };
  }

  async table(
    unitId: string,
    query: UnitRecordQuery,
    caller: Caller,
    language: Language,
  ): Promise<AsyncIterable<string>> {
    const mayName = await this.requireReader(unitId, caller);
    await this.head(unitId, caller);
    const of = { ...spellOf(unitId, query), by: query.by, language, limit: PARTS_AT_ONCE };
    return partTable((after) => unitParts(this.database.manager, { ...of, after }), mayName, language);
  }

  /** Whether the caller may see small groups. @throws {DomainError} `forbidden` */
  private async requireReader(unitId: string, caller: Caller): Promise<boolean> {
    await this.authority.require(caller, COUNTERS, { unitId });
    return this.names.mayNameAllOf(caller, unitId);
  }

  private async head(unitId: string, caller: Caller) {
    const unit = await unitHead(this.database.manager, unitId, this.authority.unitsOfRoles(caller, COUNTERS));
    if (!unit) throw new DomainError('not-found', `There is no unit ${unitId}.`);
    return unit;
  }
}

const spellOf = (unitId: string, { from, to }: UnitRecordQuery): UnitSpell => {
  return { unitId, from: from ?? null, to: to ?? null };
};
