import { completionRule, isComplete, type CompletionRule } from './credit.js';
import { intersect, totalMs, union, type Interval } from './intervals.js';

/** What one session gave a learner for an edition. */
export interface SessionShare {
  readonly startedMs: number;
  /** Orders sessions that began at once. */
  readonly sessionId: string;
  readonly watched: readonly Interval[];
  /** Wall clock. */
  readonly played: readonly Interval[];
}

/** A rule that was in force for sessions that began before `untilMs` (Unix ms); without it, it still is. */
export interface RuleInForce extends CompletionRule {
  readonly untilMs?: number;
}

/** Every version there has been, the present one last: a version that gave a verdict stays here for ever. */
export const completionRules: readonly RuleInForce[] = [completionRule];

export interface Verdict<Share> {
  readonly complete: boolean;
  /** That of the rule by which it was given; when it was not, of the present one. */
  readonly ruleVersion: number;
  /** The session with which it was reached. */
  readonly reachedBy: Share | null;
}

const byTime = (a: SessionShare, b: SessionShare): number =>
  a.startedMs - b.startedMs || (a.sessionId < b.sessionId ? -1 : Number(a.sessionId > b.sessionId));

const suffices = (shares: readonly SessionShare[], lengthMs: number, rule: CompletionRule): boolean =>
  isComplete(
    totalMs(
      intersect(
        shares.flatMap(({ watched }) => watched),
        [[0, lengthMs]],
      ),
    ),
    totalMs(shares.flatMap(({ played }) => played)),
    lengthMs,
    rule,
  );

/** The first session with which the ones before it suffice. */
function reachedBy<Share extends SessionShare>(
  sorted: readonly Share[],
  lengthMs: number,
  rule: CompletionRule,
): Share | null {
  let [watched, played]: [Interval[], Interval[]] = [[], []];
  for (const share of sorted) {
    watched = union([...watched, ...share.watched]);
    played = union([...played, ...share.played]);
    if (suffices([{ ...share, watched, played }], lengthMs, rule)) return share;
  }
  return null;
}

/**
 * Rule 8: the oldest version by which what was watched while it was in force suffices has given the verdict, and no later
 * one takes it back. A function of the set of sessions: the order in which they arrive changes nothing.
 */
export function verdictOf<Share extends SessionShare>(
  shares: readonly Share[],
  lengthMs: number,
  rules: readonly RuleInForce[] = completionRules,
): Verdict<Share> {
  const sorted = [...shares].sort(byTime);
  for (const rule of rules) {
    const then = sorted.filter(({ startedMs }) => startedMs < (rule.untilMs ?? Infinity));
    if (suffices(then, lengthMs, rule))
      return { complete: true, ruleVersion: rule.version, reachedBy: reachedBy(then, lengthMs, rule) };
  }
  return { complete: false, ruleVersion: rules.at(-1)?.version ?? completionRule.version, reachedBy: null };
}
