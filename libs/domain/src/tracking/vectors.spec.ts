import { describe, expect, it } from '@jest/globals';
import { permutations, spansOf, vectors, type Vector, type VectorSession } from '../../../../test/support/vectors.js';
import {
  attendancesOf,
  carryOver,
  creditOf,
  settlePresences,
  settleSpans,
  shift,
  shownRatio,
  type Attendance,
  type Interval,
  type MapSegment,
} from './index.js';

interface Told {
  readonly attendances: Attendance[];
  readonly refused: Set<number>;
  readonly lengthMs: number;
}

const mapOf = ({ editionMap }: Vector, { edition }: VectorSession): MapSegment[] | undefined =>
  edition === 1 ? editionMap?.map(([fromMs, toMs, newFromMs]) => ({ fromMs, toMs, newFromMs })) : undefined;

/** Everything that arrived of one session, as many times as it came. */
function derive(vector: Vector, arrivals: readonly VectorSession[]): Told {
  const lengthMs = Math.max(...arrivals.map((arrival) => mapOf(vector, arrival)?.[0]?.toMs ?? vector.D));
  const spans = settleSpans(arrivals.flatMap(spansOf), lengthMs);
  const presences = settlePresences(
    arrivals.flatMap(({ presences = [] }) =>
      presences.map(([learnerId, clockFromMs, clockToMs, grade], seq) => {
        return { seq, learnerId, clockFromMs, clockToMs, grade };
      }),
    ),
  );
  const learnerId = arrivals[0]?.learner ?? null;
  const attendances = attendancesOf({ learnerId, lengthMs, spans: spans.counted, presences: presences.counted });
  return { attendances, refused: new Set(spans.refused.map(({ item }) => item.seq)), lengthMs };
}

function tellLearner(id: string, vector: Vector, sessions: ReadonlyMap<VectorSession, Told>): Record<string, unknown> {
  const [watched, played]: [Interval[], Interval[]] = [[], []];
  let refused = 0;
  for (const [session, told] of sessions) {
    const map = mapOf(vector, session);
    if (session.learner === id) refused += told.refused.size;
    for (const attendance of told.attendances.filter(({ learnerId }) => learnerId === id)) {
      const seen = Object.values(attendance.watched).flat();
      watched.push(...(map ? carryOver(seen, map) : seen));
      played.push(...shift(attendance.played, session.wallStart));
    }
  }
  const { coveredMs, minutesMs, creditMs, complete } = creditOf(watched, played, vector.D);
  const told = { covered: coveredMs, minutes: minutesMs, credit: creditMs, complete };
  return { ...told, refused, shown: shownRatio(coveredMs, vector.D) };
}

function tellSite(sessions: ReadonlyMap<VectorSession, Told>): Record<string, unknown> {
  const byGrade = { A: 0, B: 0, C: 0, D: 0 };
  for (const [session, { attendances }] of sessions) {
    for (const { grade } of attendances) byGrade[grade] += 1;
    byGrade.D += session.headCount ?? 0;
  }
  return { audience: byGrade.A + byGrade.B + byGrade.C + byGrade.D, byGrade };
}

function expectWhatTheRulesSay(vector: Vector, arrivals: readonly VectorSession[]): void {
  const sessions = new Map(
    vector.sessions.map((session) => [
      session,
      derive(
        vector,
        arrivals.filter(({ id }) => id === session.id),
      ),
    ]),
  );
  for (const [id, expected] of Object.entries(vector.expect)) {
    const told = id.startsWith('site:') ? tellSite(sessions) : tellLearner(id, vector, sessions);
    expect(told).toMatchObject({ ...(!id.startsWith('site:') && { refused: 0 }), ...expected });
  }
}

describe('the vectors', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    expectWhatTheRulesSay(vector, vector.sessions);
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))(
    'in every order, each batch twice: %s',
    (_, vector) => {
      for (const order of permutations(vector.sessions)) expectWhatTheRulesSay(vector, [...order, ...order]);
    },
  );
});
