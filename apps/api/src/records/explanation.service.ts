import type { ExplainedSession, LearnerExplanation, LearnerExplanationQuery, RecordRefusal } from '#libs/contracts';
import { broughtUpToDate, evidenceOf, mapsInto, type ShownEvidence } from '#libs/database';
import { completionRule, DomainError, type Part, type Share, sharesOf, totalMs } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { partOf } from './carried-parts.js';
import { type SessionOfLearner, sessionsOfLearner } from './explanation.queries.js';
import { LearnerReader } from './learner-reader.js';
import { type CreditRow, creditPage, refusalRows } from './learner-record.queries.js';
import { numbersOf, refusalOf } from './learner-record.service.js';
import { saidIn, saidOf, type Said, withoutWords } from './review.queries.js';

const SPANS_SHOWN = 1000;
const REFUSALS_SHOWN = 10_000;
const NOTHING: ShownEvidence = { spans: [], presences: [] };

interface Told {
  readonly session: SessionOfLearner;
  readonly part: Part;
  readonly share: Share;
}

/** What the numbers of a learner's record come from. */
@Injectable()
export class ExplanationService {
  constructor(
    private readonly database: DataSource,
    private readonly reader: LearnerReader,
  ) {}

  /** @throws {DomainError} `forbidden`, `not-found` when nothing of the edition stands in the learner's record. */
  async explain(
    learnerId: string,
    editionId: string,
    { limit, after }: LearnerExplanationQuery,
    caller: Caller,
  ): Promise<LearnerExplanation> {
    const learner = await this.reader.require(learnerId, caller);
    const freshAt = await broughtUpToDate(this.database, { learnerId });
    const db = this.database.manager;
    const [row] = await creditPage(db, { learnerId, lectureId: null, editionId, after: null, limit: 1 });
    if (!row) throw new DomainError('not-found', 'Nothing of this edition stands in the record of the learner.');
    const { told, editionIds } = await this.sessionsFor(learnerId, row);
    const page = pageFrom(told, keyOf(after, 1)[0] ?? null, limit);
    const ids = page.map(({ session }) => session.id);
    const evidence = await evidenceOf(db, ids.slice(0, limit), learnerId);
    const refusals = await refusalRows(db, learnerId, editionIds, REFUSALS_SHOWN);
    const words = await saidOf(db, learnerId, ids);
    const said = caller.kind === 'device' ? withoutWords(words) : words;
    const known = new Set(told.map(({ session }) => session.id));
    return {
      ...pageOfRows(
        page,
        limit,
        ({ session }) => [session.id],
        (of) => sessionOf(of, evidence.get(of.session.id) ?? NOTHING, refusals, said),
      ),
      ...numbersOf(row),
      learnerId,
      name: learner.name,
      freshAt: freshAt.toISOString(),
      neededMs: Math.ceil((row.duration_ms * completionRule.thresholdPermille) / 1000),
      paceFactor: completionRule.paceFactor,
      refusedElsewhere: refusals.filter(({ session }) => !known.has(session)).map(refusalOf),
    };
  }

  /** Those of the edition itself and of older ones that are carried over, the latest first. */
  private async sessionsFor(learnerId: string, { edition_id, duration_ms }: CreditRow) {
    const maps = await mapsInto(this.database.manager, [edition_id]);
    const editionIds = [edition_id, ...new Set(maps.map(({ old_edition_id }) => old_edition_id))];
    const sessions = await sessionsOfLearner(this.database.manager, learnerId, editionIds);
    const edition = { editionId: edition_id, lengthMs: duration_ms };
    const parts = sessions.map((session) => partOf(session, edition, maps));
    const shares = sharesOf(parts);
    const told = sessions.flatMap((session, index): Told[] => {
      const [part, share] = [parts[index], shares[index]];
      return part && share ? [{ session, part, share }] : [];
    });
    return { told: told.reverse(), editionIds };
  }
}

/** One more than the page holds, beginning after the session that ended the page before. */
function pageFrom(told: readonly Told[], after: string | null, limit: number): Told[] {
  const start = told.findIndex(({ session }) => session.id === after) + 1;
  return told.slice(start, start + limit + 1);
}

function sessionOf(
  { session, part, share }: Told,
  { spans, presences }: ShownEvidence,
  refusals: readonly RecordRefusal[],
  said: Said,
): ExplainedSession {
  return {
    id: session.id,
    kind: session.kind,
    editionNumber: session.edition_number,
    siteName: session.site_name,
    deviceName: session.device_name,
    isPaper: session.is_paper,
    isByStaff: session.is_by_staff,
    receivedAt: session.received_at.toISOString(),
    startedAt: session.started_at?.toISOString() ?? null,
    datedBy: session.dated_by,
    grade: session.grade,
    coveredMs: totalMs(part.watched),
    minutesMs: totalMs(part.played),
    ...share,
    spans: spans.slice(0, SPANS_SHOWN).map(({ startedAt, endedAt, ...span }) => {
      return { ...span, startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() };
    }),
    spansLeftOut: Math.max(0, spans.length - SPANS_SHOWN),
    presences: presences.map(({ seq, grade, source, from, to }) => {
      return { seq, grade, source, from: from.toISOString(), to: to?.toISOString() ?? null };
    }),
    refused: refusals.filter((refusal) => refusal.session === session.id).map(refusalOf),
    ...saidIn(said, session.id),
    foldedAt: session.folded_at?.toISOString() ?? null,
  };
}
