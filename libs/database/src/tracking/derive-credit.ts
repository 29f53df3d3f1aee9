import {
  carryOver,
  creditOf,
  intersect,
  totalMs,
  underBestGrade,
  union,
  verdictOf,
  type ByGrade,
  type Interval,
} from '#libs/domain';
import type { SegmentMapRow, ShareRow } from './credit.queries.js';
import type { Pair } from './derived.queries.js';
import { intervalsOf } from './multirange.js';

/** Everything that may count for some learners and editions. */
export interface CreditEvidence {
  readonly maps: readonly SegmentMapRow[];
  readonly shares: readonly ShareRow[];
  readonly lengths: ReadonlyMap<string, number>;
}

/** What one session gives for an edition. */
interface Share {
  readonly sessionId: string;
  readonly siteId: string | null;
  readonly startedMs: number;
  readonly day: string;
  readonly byGrade: ByGrade;
  readonly watched: Interval[];
  readonly played: Interval[];
}

const mediaOf = ({ A, B, C }: ByGrade): Interval[] => union([...A, ...B, ...C]);

const shareOf = (row: ShareRow): Share => ({
  sessionId: row.session_id,
  siteId: row.site_id,
  startedMs: row.started_at.getTime(),
  day: row.day,
  byGrade: row.watched,
  watched: mediaOf(row.watched),
  played: row.played === null ? [] : intervalsOf(row.played),
});

const merged = (parts: readonly ByGrade[]): ByGrade =>
  underBestGrade({
    A: union(parts.flatMap(({ A }) => A)),
    B: union(parts.flatMap(({ B }) => B)),
    C: union(parts.flatMap(({ C }) => C)),
  });

/** Rule 9: with what the maps carry over from older editions. A map leads from an older to a newer edition, never round. */
function gather(pair: Pair, evidence: CreditEvidence): Share[] {
  const own = evidence.shares.filter((row) => row.learner_id === pair.learner_id && row.edition_id === pair.edition_id);
  const maps = evidence.maps.filter((map) => map.new_edition_id === pair.edition_id);
  const carried = maps.flatMap(({ old_edition_id, segments }) =>
    gather({ ...pair, edition_id: old_edition_id }, evidence).map((share) => {
      const { A, B, C } = share.byGrade;
      const byGrade = { A: carryOver(A, segments), B: carryOver(B, segments), C: carryOver(C, segments) };
      return { ...share, byGrade, watched: mediaOf(byGrade) };
    }),
  );
  return [...own.map(shareOf), ...carried];
}

/** The row of a learner and an edition; none when nothing of it was watched. */
export function deriveCredit(pair: Pair, evidence: CreditEvidence): object[] {
  const shares = gather(pair, evidence);
  const watched = merged(shares.map(({ byGrade }) => byGrade));
  const all = mediaOf(watched);
  if (all.length === 0) return [];
  const lengthMs = evidence.lengths.get(pair.edition_id) ?? 0;
  const credit = creditOf(
    all,
    shares.flatMap(({ played }) => played),
    lengthMs,
  );
  const verdict = verdictOf(shares, lengthMs);
  return [
    {
      ...pair,
      length_ms: lengthMs,
      covered_ms: credit.coveredMs,
      minutes_ms: credit.minutesMs,
      credit_ms: credit.creditMs,
      complete: verdict.complete,
      rule_version: verdict.ruleVersion,
      covered_by_grade: Object.fromEntries(
        Object.entries(watched).map(([grade, seen]) => [grade, totalMs(intersect(seen, [[0, lengthMs]]))]),
      ),
      watched: intersect(all, [[0, lengthMs]]),
      completed_day: verdict.reachedBy?.day ?? null,
      completed_site_id: verdict.reachedBy?.siteId ?? null,
    },
  ];
}
