import type { SegmentMap } from '#libs/contracts';
import { appendAudit } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { type EditionPair, libraryOfPair, storeSegmentMap } from './segment-maps.queries.js';

@Injectable()
export class SegmentMapsService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  /** Old credit follows within a minute. @throws {DomainError} `not-found` unless both are editions of one lecture, old before new. */
  async put(pair: EditionPair, { segments }: SegmentMap, caller: Caller): Promise<void> {
    const unitId = await libraryOfPair(this.database.manager, pair);
    if (!unitId) throw new DomainError('not-found', 'These are no two editions of one lecture, the older one first.');
    await this.authority.require(caller, ['librarian'], { unitId });
    const facts = { from: pair.oldId, to: pair.newId, segments: segments.length };
    await this.database.transaction(async (tx) => {
      await storeSegmentMap(tx, pair, segments);
      await appendAudit(tx, { by: actorOf(caller), deed: 'segment-map-set', facts });
    });
  }
}
