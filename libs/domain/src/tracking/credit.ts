import { intersect, shift, totalMs, union, type Interval } from './intervals.js';

/** Rule 8: how a verdict of completion is reached. Every verdict is kept with the version of its rule. */
export interface CompletionRule {
  readonly version: number;
  /** Of the length that must be covered. */
  readonly thresholdPermille: number;
  /** Coverage may be this many times the minutes: faster is seen, but not completed. */
  readonly paceFactor: number;
}

export const completionRule: CompletionRule = { version: 1, thresholdPermille: 950, paceFactor: 2 };

/** What a learner has of one edition, in whole milliseconds. */
export interface Credit {
  readonly coveredMs: number;
  readonly minutesMs: number;
  readonly creditMs: number;
  readonly complete: boolean;
  readonly ruleVersion: number;
}

export const isComplete = (coveredMs: number, minutesMs: number, lengthMs: number, rule: CompletionRule): boolean =>
  lengthMs > 0 && coveredMs * 1000 >= rule.thresholdPermille * lengthMs && coveredMs <= rule.paceFactor * minutesMs;

/** Rules 6 and 8 for one edition, from the media seen and the wall clock played; `factor` is a plan's k. */
export function creditOf(
  watched: readonly Interval[],
  played: readonly Interval[],
  lengthMs: number,
  { rule = completionRule, factor = 1 }: { rule?: CompletionRule; factor?: number } = {},
): Credit {
  const coveredMs = totalMs(intersect(watched, [[0, lengthMs]]));
  const minutesMs = totalMs(played);
  return {
    coveredMs,
    minutesMs,
    creditMs: Math.min(coveredMs, Math.floor(minutesMs * factor)),
    complete: isComplete(coveredMs, minutesMs, lengthMs, rule),
    ruleVersion: rule.version,
  };
}

/** Rule 6 over several editions (a day, a course, a plan): four lectures at once are one. */
export const creditOfSeveral = (coveredMs: readonly number[], played: readonly Interval[], factor = 1): number =>
  Math.min(
    coveredMs.reduce((sum, covered) => sum + covered, 0),
    Math.floor(totalMs(played) * factor),
  );

/** A part of an old edition, and where it begins in the new one. */
export interface MapSegment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly newFromMs: number;
}

/** Rule 9: what of an old edition's coverage a new edition keeps; without a map nothing is carried. */
export const carryOver = (watched: readonly Interval[], map: readonly MapSegment[]): Interval[] =>
  union(map.flatMap(({ fromMs, toMs, newFromMs }) => shift(intersect(watched, [[fromMs, toMs]]), newFromMs - fromMs)));

/** Rounded down to a tenth of a per cent: 94.96 % is "94.9 %", never "95 %". */
export function shownRatio(partMs: number, wholeMs: number): string {
  const permille = wholeMs > 0 ? Math.floor((partMs * 1000) / wholeMs) : 0;
  return `${Math.floor(permille / 10)}.${permille % 10} %`;
}
