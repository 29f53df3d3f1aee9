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
function positionAt({ fromMs, toMs, clockFromMs, clockToMs }: Span, clockMs: number): number {
  const [past, media, clock] = [clockMs - clockFromMs, toMs - fromMs, clockToMs - clockFromMs].map(BigInt);
  return past === undefined || !media || !clock ? fromMs : fromMs + Number((past * media) / clock);
}

/** Rule 7: the media that played while somebody was there: mapped first, clipped to the edition after. */
export function watchedWithin(spans: readonly Span[], presence: readonly Interval[], lengthMs: number): Interval[] {
  const seen = spans.flatMap((span) =>
    intersect(presence, [[span.clockFromMs, span.clockToMs]]).map(([from, to]): Interval => [
      positionAt(span, from),
      Math.min(positionAt(span, to), lengthMs),
    ]),
  );
  return union(seen);
}

export type ByGrade = Readonly<Record<PresenceGrade, Interval[]>>;

/** A presence without end counts to the last reading at which something that counts still played. */
function presencesOf({ spans, presences, learnerId }: SessionEvidence): Map<string, ByGrade> {
  const lastClockMs = Math.max(0, ...spans.map((span) => span.clockToMs));
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
  const seenDuring = (presence: readonly Interval[]) => watchedWithin(spans, presence, lengthMs);
  return [...presencesOf(evidence)].map(([learnerId, there]) => ({
    learnerId,
    grade: presenceGrades.find((grade) => there[grade].length > 0) ?? 'C',
    watched: underBestGrade({ A: seenDuring(there.A), B: seenDuring(there.B), C: seenDuring(there.C) }),
    played: intersect(clocks, [...there.A, ...there.B, ...there.C]),
  }));
}
