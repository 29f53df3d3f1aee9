import {
  carryOver,
  creditOf,
  intersect,
  totalMs,
  underBestGrade,
  union,
  type ByGrade,
  type Interval,
} from '#libs/domain';
import type { PlayedRow, SegmentMapRow, WatchedRow } from './credit.queries.js';
import type { Pair } from './derived.queries.js';
import { intervalsOf } from './multirange.js';

/** Everything that may count for some learners and editions. */
export interface CreditEvidence {
  readonly maps: readonly SegmentMapRow[];
  readonly watched: readonly WatchedRow[];
  readonly played: readonly PlayedRow[];
  readonly lengths: ReadonlyMap<string, number>;
}

interface Gathered {
  readonly watched: ByGrade;
  readonly played: Interval[];
}

const isOf =
  ({ learner_id, edition_id }: Pair) =>
  (row: Pair): boolean =>
    row.learner_id === learner_id && row.edition_id === edition_id;

const merged = (parts: readonly ByGrade[]): ByGrade =>
  underBestGrade({
    A: union(parts.flatMap(({ A }) => A)),
    B: union(parts.flatMap(({ B }) => B)),
    C: union(parts.flatMap(({ C }) => C)),
  });

/** Rule 9: with what the maps carry over from older editions. A map leads from an older to a newer edition, never round. */
function gather(pair: Pair, evidence: CreditEvidence): Gathered {
  const watched = evidence.watched.filter(isOf(pair)).map((row) => row.watched);
  const played = [evidence.played.filter(isOf(pair)).flatMap((row) => intervalsOf(row.played))];
  for (const { old_edition_id, segments } of evidence.maps.filter((map) => map.new_edition_id === pair.edition_id)) {
    const old = gather({ ...pair, edition_id: old_edition_id }, evidence);
    const { A, B, C } = old.watched;
    watched.push({ A: carryOver(A, segments), B: carryOver(B, segments), C: carryOver(C, segments) });
    played.push(old.played);
  }
  return { watched: merged(watched), played: union(played.flat()) };
}

/** The row of a learner and an edition; none when nothing of it was watched. */
export function deriveCredit(pair: Pair, evidence: CreditEvidence): object[] {
  const { watched, played } = gather(pair, evidence);
  const all = union([...watched.A, ...watched.B, ...watched.C]);
  if (all.length === 0) return [];
  const lengthMs = evidence.lengths.get(pair.edition_id) ?? 0;
  const credit = creditOf(all, played, lengthMs);
  return [
    {
      ...pair,
      length_ms: lengthMs,
      covered_ms: credit.coveredMs,
      minutes_ms: credit.minutesMs,
      credit_ms: credit.creditMs,
      complete: credit.complete,
      rule_version: credit.ruleVersion,
      covered_by_grade: Object.fromEntries(
        Object.entries(watched).map(([grade, seen]) => [grade, totalMs(intersect(seen, [[0, lengthMs]]))]),
      ),
      watched: intersect(all, [[0, lengthMs]]),
    },
  ];
}
