import type { SessionReport, TrackingBatch } from '#libs/contracts';
import { placeInHour, readSpans, wallZeroOfHour, type ReadSpan } from '#libs/domain';
import type { StatementMoment } from './read-statement.js';
import type { IdOf } from './statement-ids.js';

/** Which statement became which span. */
export interface PlacedStatement {
  readonly moment: StatementMoment;
  readonly session: string;
  readonly seq: number;
}

/** What statements about one viewing say, as a batch like any other, and what became of each. */
export interface StatementBatch {
  readonly learnerId: string;
  readonly batch: TrackingBatch;
  readonly placed: readonly PlacedStatement[];
  /** Something began to play with these, and nothing tells until when. */
  readonly open: readonly StatementMoment[];
}

const keyOf = ({ viewing, learnerId, editionId }: StatementMoment): string =>
  JSON.stringify([viewing, learnerId, editionId]);

/** One batch a viewing: who watched which edition in which session of a player. */
export function batchesOf(moments: readonly StatementMoment[], idOf: IdOf): StatementBatch[] {
  const viewings = new Map<string, StatementMoment[]>();
  for (const moment of moments) {
    const key = keyOf(moment);
    const others = viewings.get(key);
    if (others) others.push(moment);
    else viewings.set(key, [moment]);
  }
  return [...viewings].flatMap(([key, [first, ...others]]) => (first ? [batchOf(key, first, others, idOf)] : []));
}

/** Ids of sessions and numbers of spans follow from when each began, so parts of a viewing may come in any requests. */
function batchOf(key: string, first: StatementMoment, others: readonly StatementMoment[], idOf: IdOf): StatementBatch {
  const { learnerId, editionId } = first;
  const { spans, open } = readSpans([first, ...others]);
  const sessions = new Map<number, SessionReport>();
  const placed = spans.map(({ span, by }): PlacedStatement => {
    const { hour, seq } = placeInHour(span.wallFromMs);
    const session = sessions.get(hour) ?? newSession(idOf(`hour ${hour} ${key}`), hour, learnerId, editionId);
    sessions.set(hour, session);
    session.spans.push(reported(span, seq, wallZeroOfHour(hour)));
    return { moment: by, session: session.id, seq };
  });
  const reports = [...sessions.values()];
  const batch = {
    id: idOf(`batch ${JSON.stringify(reports)}`),
    deviceId: 'xapi',
    bootId: idOf(`boot ${key}`),
    anchors: [],
    sessions: reports,
  };
  return { learnerId, batch, placed, open };
}

const newSession = (id: string, hour: number, learnerId: string, editionId: string): SessionReport => ({
  id,
  editionId,
  kind: 'personal',
  learnerId,
  startedAt: new Date(wallZeroOfHour(hour)).toISOString(),
  clockAtStartMs: 0,
  spans: [],
  presences: [],
});

const reported = ({ fromMs, toMs, rate, wallFromMs, wallToMs }: ReadSpan, seq: number, wallZeroMs: number) => {
  return { seq, fromMs, toMs, rate, clockFromMs: wallFromMs - wallZeroMs, clockToMs: wallToMs - wallZeroMs };
};
