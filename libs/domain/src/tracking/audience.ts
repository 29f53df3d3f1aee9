import { intersect, subtract, union, type Interval } from './intervals.js';
import { presenceGrades, type Presence, type PresenceGrade } from './presence.js';
import type { Span } from './span.js';

/** `personal`: one learner; `hall`: one screen, many people; `channel`: a running programme. */
export const sessionKinds = ['personal', 'hall', 'channel'] as const;
export type SessionKind = (typeof sessionKinds)[number];

/** What of a session counts. */
export interface SessionEvidence {
  /** Of a personal session. */
  readonly learnerId: string | null;
  readonly lengthMs: number;
  readonly spans: readonly Span[];
  readonly presences: readonly Presence[];
}

/** What one session gives one learner. */
export interface Attendance {
  readonly learnerId: string;
  /** The best of the learner's presences: it names them in the audience. */
  readonly grade: PresenceGrade;
  /** Media, each part under the best grade it was seen with. */
  readonly watched: ByGrade;
  /** On the session's clock. */
  readonly played: Interval[];
}

/** Media position at a clock reading inside a span, linearly; exact however long the span is. */
export function positionAt({ fromMs, toMs, clockFromMs, clockToMs }: Span, clockMs: number): number {
  const [past, media, clock] = [clockMs - clockFromMs, toMs - fromMs, clockToMs - clockFromMs].map(BigInt);
  return past === undefined || !media || !clock ? fromMs : fromMs + Number((past * media) / clock);
}

const byClock = (spans: readonly Span[]): Span[] => [...spans].sort((a, b) => a.clockFromMs - b.clockFromMs);

/** Rule 7: the media that played while somebody was there: mapped first, clipped to the edition after. */
export const watchedWithin = (spans: readonly Span[], presence: readonly Interval[], lengthMs: number): Interval[] =>
  sweep(byClock(spans), union(presence), lengthMs);

/** Both sorted by clock, and walked once side by side. */
function sweep(spans: readonly Span[], there: readonly Interval[], lengthMs: number): Interval[] {
  let first = 0;
  const seen = spans.flatMap((span) => {
    while (isOver(there[first], span.clockFromMs)) first += 1;
    let last = first;
    while (hasBegun(there[last], span.clockToMs)) last += 1;
    return there.slice(first, last).map((part) => seenDuring(span, part, lengthMs));
  });
  return union(seen);
}

const isOver = (part: Interval | undefined, clockMs: number): boolean => part !== undefined && part[1] <= clockMs;
const hasBegun = (part: Interval | undefined, clockMs: number): boolean => part !== undefined && part[0] < clockMs;

const seenDuring = (span: Span, [came, left]: Interval, lengthMs: number): Interval => [
  positionAt(span, Math.max(came, span.clockFromMs)),
  Math.min(positionAt(span, Math.min(left, span.clockToMs)), lengthMs),
];

export type ByGrade = Readonly<Record<PresenceGrade, Interval[]>>;

/** A presence without end counts to the last reading at which something that counts still played. */
function presencesOf({ spans, presences, learnerId }: SessionEvidence): Map<string, ByGrade> {
  const lastClockMs = spans.reduce((last, { clockToMs }) => Math.max(last, clockToMs), 0);
  const people = new Map<string, ByGrade>();
  if (learnerId !== null) people.set(learnerId, { A: [], B: [[0, lastClockMs]], C: [] });
  for (const { learnerId: id, grade, clockFromMs, clockToMs } of presences) {
    if (learnerId !== null && id !== learnerId) continue;
    const person = people.get(id) ?? { A: [], B: [], C: [] };
    person[grade].push([clockFromMs, clockToMs ?? lastClockMs]);
    people.set(id, person);
  }
  return people;
}

/** Each part under the best grade it was seen with. */
export const underBestGrade = ({ A, B, C }: ByGrade): ByGrade => ({
  A,
  B: subtract(B, A),
  C: subtract(subtract(C, A), B),
});

/** What a session whose spans have been settled gives to each who was there; nothing when nothing played. */
export function attendancesOf(evidence: SessionEvidence): Attendance[] {
  const { spans, lengthMs } = evidence;
  if (spans.length === 0) return [];
  const clocks = spans.map((span): Interval => [span.clockFromMs, span.clockToMs]);
  const sorted = byClock(spans);
  const watched = (presence: readonly Interval[]) =>
    presence.length === 0 ? [] : sweep(sorted, union(presence), lengthMs);
  return [...presencesOf(evidence)].map(([learnerId, there]) => ({
    learnerId,
    grade: presenceGrades.find((grade) => there[grade].length > 0) ?? 'C',
    watched: underBestGrade({ A: watched(there.A), B: watched(there.B), C: watched(there.C) }),
    played: intersect(clocks, [...there.A, ...there.B, ...there.C]),
  }));
}
