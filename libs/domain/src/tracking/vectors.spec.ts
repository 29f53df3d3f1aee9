import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  attendancesOf,
  carryOver,
  creditOf,
  settlePresences,
  settleSpans,
  shift,
  shownRatio,
  type Interval,
  type MapSegment,
  type Presence,
  type PresenceGrade,
  type Span,
} from './index.js';

interface Vector {
  name: string;
  D: number;
  deliver?: string;
  editionMap?: [number, number, number][];
  sessions: VectorSession[];
  expect: Record<string, Record<string, unknown>>;
}
interface VectorSession {
  id: string;
  edition?: number;
  learner?: string;
  site?: string;
  wallStart: number;
  spans?: [number, number, number, number, number, number][];
  hops?: { count: number; every: number; length: number; clockEvery: number; clockLength?: number };
  presences?: [string, number, number, PresenceGrade][];
  headCount?: number;
}

const { vectors } = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors.json'), 'utf8')) as {
  vectors: Vector[];
};

function spansOf({ spans = [], hops }: VectorSession): Span[] {
  const listed = spans.map(([seq, fromMs, toMs, rate, clockFromMs, clockToMs]) => ({
    seq,
    fromMs,
    toMs,
    rate,
    clockFromMs,
    clockToMs,
  }));
  const hopped = Array.from({ length: hops?.count ?? 0 }, (_, seq) => {
    const { every = 0, length = 0, clockEvery = 0, clockLength = length } = hops ?? {};
    const [fromMs, clockFromMs] = [seq * every, seq * clockEvery];
    return { seq, fromMs, toMs: fromMs + length, rate: 1, clockFromMs, clockToMs: clockFromMs + clockLength };
  });
  return [...listed, ...hopped];
}

const presencesOf = ({ presences = [] }: VectorSession): Presence[] =>
  presences.map(([learnerId, clockFromMs, clockToMs, grade], seq) => ({
    seq,
    learnerId,
    clockFromMs,
    clockToMs,
    grade,
  }));

/** What the rules make of the sessions of a vector, told in the words of its `expect`. */
function tell(vector: Vector, sessions: readonly VectorSession[]): Record<string, Record<string, unknown>> {
  const people = new Map<string, { watched: Interval[]; played: Interval[]; refused: Set<string> }>();
  const audience = { A: 0, B: 0, C: 0, D: 0 };
  const person = (id: string) => {
    const known = people.get(id) ?? { watched: [], played: [], refused: new Set() };
    people.set(id, known);
    return known;
  };
  const merged = new Map<string, VectorSession[]>();
  for (const session of sessions) merged.set(session.id, [...(merged.get(session.id) ?? []), session]);
  for (const [id, [first, ...again]] of merged) {
    if (!first) continue;
    const map: MapSegment[] | undefined =
      first.edition === 1
        ? vector.editionMap?.map(([fromMs, toMs, newFromMs]) => ({ fromMs, toMs, newFromMs }))
        : undefined;
    const lengthMs = map ? Math.max(...map.map(({ toMs }) => toMs)) : vector.D;
    const spans = settleSpans([first, ...again].flatMap(spansOf), lengthMs);
    const presences = settlePresences([first, ...again].flatMap(presencesOf));
    for (const { item } of spans.refused) if (first.learner) person(first.learner).refused.add(`${id} ${item.seq}`);
    if (first.learner) person(first.learner);
    const evidence = { learnerId: first.learner ?? null, lengthMs, spans: spans.counted, presences: presences.counted };
    for (const { learnerId, grade, watched, played } of attendancesOf(evidence)) {
      const seen = [...watched.A, ...watched.B, ...watched.C];
      person(learnerId).watched.push(...(map ? carryOver(seen, map) : seen));
      person(learnerId).played.push(...shift(played, first.wallStart));
      audience[grade] += 1;
    }
    audience.D += first.headCount ?? 0;
  }
  const told: Record<string, Record<string, unknown>> = {};
  for (const [id, { watched, played, refused }] of people) {
    const { coveredMs, minutesMs, creditMs, complete } = creditOf(watched, played, vector.D);
    const expected = vector.expect[id] ?? {};
    told[id] = {
      covered: coveredMs,
      minutes: minutesMs,
      credit: creditMs,
      complete,
      ...(refused.size > 0 && { refused: refused.size }),
      ...('shown' in expected && { shown: shownRatio(coveredMs, vector.D) }),
    };
  }
  const site = sessions.find((session) => session.site)?.site;
  const total = audience.A + audience.B + audience.C + audience.D;
  return site ? { ...told, [`site:${site}`]: { audience: total, byGrade: audience } } : told;
}

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));

describe('the vectors', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    expect(tell(vector, vector.sessions)).toEqual(vector.expect);
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))(
    'in every order, each batch twice: %s',
    (_, vector) => {
      for (const order of permutations(vector.sessions)) {
        expect(tell(vector, [...order, ...order])).toEqual(vector.expect);
      }
    },
  );
});
