import { PAPER_LIFE_DAYS, type PaperReceipt, type PaperSession, type RoleName } from '#libs/contracts';
import { appendAudit } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { LectureAccess } from '../http/lecture-access.js';
import { InvalidRequest } from '../http/problem.js';
import { IngestService } from './ingest.service.js';
import { paperBatch, paperCredential } from './paper-batch.js';
import { impossibleLines } from './paper-presences.js';
import { isKnownSession, type LiveEdition, liveEditionOf, notOnRoster } from './paper.queries.js';

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
    await this.requireMembers(siteId, paper);
    await this.note(siteId, paper, caller);
    const accountId = caller.kind === 'person' ? caller.id : '';
    const reporter = { credential: paperCredential(accountId), learnerId: null, deviceId: null, halls: [siteId] };
    const batch = paperBatch(paper, siteId, edition.id);
    const parcel = { batch, reporter, receivedMs: Date.now() };
    const [result] = await this.ingest.ingest(() => Promise.resolve(parcel), paper.present.length * PRESENCE_BYTES);
    if (!result || result.refused.length > 0)
      throw new DomainError('conflict', `The session ${paper.id} was used for something else.`);
    return { sessionId: paper.id };
  }

  /** By the roster of that day: who joined later was not there as one of its learners. */
  private async requireMembers(siteId: string, { present, startedAt }: Paper): Promise<void> {
    const asked = [...new Set(present.map(({ learnerId }) => learnerId))];
    const strangers = await notOnRoster(this.database.manager, siteId, asked, new Date(startedAt));
    const errors = present.flatMap(({ learnerId }, index) =>
      strangers.has(learnerId)
        ? [{ pointer: `/present/${index}/learnerId`, detail: 'was not on this roster on the day of the session' }]
        : [],
    );
    if (errors.length > 0) throw new InvalidRequest(errors);
  }

  /** Before the ledger has it, so that no sheet is without its entry; what is sent again needs none. */
  private async note(siteId: string, { id, lectureId, present, headCount }: Paper, caller: Caller): Promise<void> {
    if (await isKnownSession(this.database.manager, id)) return;
    const people = new Set(present.map(({ learnerId }) => learnerId)).size;
    const facts = { session: id, site: siteId, lecture: lectureId, people, heads: headCount };
    await this.database.transaction((tx) => appendAudit(tx, { by: actorOf(caller), deed: 'paper-typed-in', facts }));
  }
}

/** @throws {InvalidRequest} for what nobody can have watched, or that lies in the future or too far back. */
function refuseImpossible(paper: Paper, edition: LiveEdition, nowMs: number): void {
  const { fromMs, toMs, startedAt } = paper;
  const startMs = Date.parse(startedAt);
  const isPart = fromMs < toMs && toMs <= edition.duration_ms;
  if (!isPart) throw new InvalidRequest([{ pointer: '/toMs', detail: 'is no part of the lecture' }]);
  const isPast = startMs + (toMs - fromMs) <= nowMs && startMs > nowMs - PAPER_LIFE_DAYS * DAY_MS;
  if (!isPast) throw new InvalidRequest([{ pointer: '/startedAt', detail: 'is not in the past, or too far back' }]);
  const lines = impossibleLines(paper);
  if (lines.length > 0) throw new InvalidRequest(lines);
}
