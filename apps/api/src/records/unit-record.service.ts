import type { UnitRecord, UnitRecordItem, UnitRecordQuery } from '#libs/contracts';
import { unitsFreshAt } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { csv } from '../http/csv.js';
import type { Language } from '../http/language.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { shownMinutes } from './cells.js';
import { headingsOf, type RecordLine } from './headings.js';
import { COUNTERS, KEEPERS } from './reader.js';
import { keyOfPart, unitParts, unitTotals, type UnitSpell } from './unit-breakdown.queries.js';
import { partOfUnit, totalsOf } from './unit-totals.js';
import { unitHead } from './unit.queries.js';

const PAGE = 1000;
const COLUMNS = headingsOf([
  'name',
  'under',
  'sessions',
  'people',
  'people_A',
  'people_B',
  'people_C',
  'people_D',
  'watched_minutes',
  'watched_ms',
  'credit_minutes',
  'credit_ms',
  'completions',
]);

@Injectable()
export class UnitRecordService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
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
      ...pageOfRows(parts, limit, keyOfPart, (row) => partOfUnit(row, mayName)),
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
    return csv(COLUMNS, this.lines(spellOf(unitId, query), query, mayName, language), language);
  }

  private async *lines(
    spell: UnitSpell,
    { by }: UnitRecordQuery,
    mayName: boolean,
    language: Language,
  ): AsyncGenerator<RecordLine[], void> {
    let after: readonly (string | null)[] = [null, null];
    for (;;) {
      const rows = await unitParts(this.database.manager, { ...spell, by, language, after, limit: PAGE });
      const page = rows.slice(0, PAGE);
      yield page.map((row) => lineOf(partOfUnit(row, mayName)));
      const last = page.at(-1);
      if (rows.length <= PAGE || !last) return;
      after = keyOfPart(last);
    }
  }

  /** Whether the caller may see small groups. */
  private async requireReader(unitId: string, caller: Caller): Promise<boolean> {
    if (await this.authority.holds(caller, KEEPERS, { unitId })) return true;
    await this.authority.require(caller, COUNTERS, { unitId });
    return false;
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

const told = (count: number | null): number | string => count ?? '<5';
const minutes = (ms: number | null): string => (ms === null ? '<5' : shownMinutes(ms));

const lineOf = (item: UnitRecordItem): RecordLine => ({
  name: item.name ?? item.id,
  under: item.under,
  sessions: item.sessions,
  people: told(item.audience),
  people_A: item.byGrade.A,
  people_B: item.byGrade.B,
  people_C: item.byGrade.C,
  people_D: item.byGrade.D,
  watched_minutes: minutes(item.minutesMs),
  watched_ms: told(item.minutesMs),
  credit_minutes: minutes(item.creditMs),
  credit_ms: told(item.creditMs),
  completions: told(item.completions),
});
