import { PAPER_LIFE_DAYS, type PaperReceipt, type PaperSession, type RoleName } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { LectureAccess } from '../http/lecture-access.js';
import { InvalidRequest } from '../http/problem.js';
import { IngestService } from './ingest.service.js';
import { paperBatch, paperCredential } from './paper-batch.js';
import { type LiveEdition, liveEditionOf, onRoster } from './paper.queries.js';

/** Who answers for the roster of a site. */
const KEEPERS: readonly RoleName[] = ['admin', 'organiser', 'operator'];
const DAY_MS = 86_400_000;
/** As it would stand in a batch. */
const PRESENCE_BYTES = 150;

type Paper = z.output<typeof PaperSession>;

/** Types sign-in sheets of paper into the ledger. */
@Injectable()
export class PaperService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly lectures: LectureAccess,
    private readonly ingest: IngestService,
  ) {}

  /**
   * @throws {DomainError} `invalid-request` when it cannot have been so; `not-watchable` for a lecture with nothing to watch;
   *   `batch-conflict` when the id was used for something else.
   */
  async record(siteId: string, paper: Paper, caller: Caller): Promise<PaperReceipt> {
    await this.authority.require(caller, KEEPERS, { siteId });
    await this.lectures.requireSight(caller, paper.lectureId);
    const edition = await liveEditionOf(this.database.manager, paper.lectureId);
    if (!edition) throw new DomainError('not-watchable', 'This lecture has nothing to watch.');
    refuseImpossible(paper, edition, Date.now());
    const present = [...new Set(paper.present)];
    if ((await onRoster(this.database.manager, siteId, present)) !== present.length)
      throw new InvalidRequest([{ pointer: '/present', detail: 'names somebody who was never on this roster' }]);

    const accountId = caller.kind === 'person' ? caller.id : '';
    const reporter = { credential: paperCredential(accountId), learnerId: null, deviceId: null, halls: [siteId] };
    const batch = paperBatch(paper, siteId, edition.id);
    const parcel = { batch, reporter, receivedMs: Date.now() };
    const [result] = await this.ingest.ingest(() => Promise.resolve(parcel), present.length * PRESENCE_BYTES);
    if (!result || result.refused.length > 0)
      throw new DomainError('conflict', `The session ${paper.id} was used for something else.`);
    return { sessionId: paper.id };
  }
}

/** @throws {InvalidRequest} for what nobody can have watched, or that lies in the future or too far back. */
function refuseImpossible({ fromMs, toMs, startedAt }: Paper, edition: LiveEdition, nowMs: number): void {
  const startMs = Date.parse(startedAt);
  const isPart = fromMs < toMs && toMs <= edition.duration_ms;
  if (!isPart) throw new InvalidRequest([{ pointer: '/toMs', detail: 'is no part of the lecture' }]);
  const isPast = startMs + (toMs - fromMs) <= nowMs && startMs > nowMs - PAPER_LIFE_DAYS * DAY_MS;
  if (!isPast) throw new InvalidRequest([{ pointer: '/startedAt', detail: 'is not in the past, or too far back' }]);
}
