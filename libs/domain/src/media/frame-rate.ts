import type { Ratio } from './source-facts.js';

const maxRate = 60;
/** Below this a 4 s grid of key frames cannot be kept. */
const minSteadyRate = 5;

const steadyRates: readonly Ratio[] = [
  { num: 15, den: 1 },
  { num: 24_000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 30, den: 1 },
  { num: 50, den: 1 },
  { num: 60_000, den: 1001 },
  { num: 60, den: 1 },
];

export const rateOf = ({ num, den }: Ratio): number => num / den;

export interface FrameTiming {
  /** What the container claims; null when it claims nothing usable. */
  readonly claimed: Ratio | null;
  /** Frames a second, over the whole track. */
  readonly average: number;
  /** Seconds between two frames, the median. */
  readonly medianGap: number;
}

/**
 * The steady rate to encode at, and whether the source itself has none.
 *
 * A steady source keeps its rate, halved (or thirded …) when above 60. A source with uneven frames gets the lowest usual
 * rate that loses none of its usual frames; those that repeat are dropped again before the encoder.
 */
export function steadyRate({ claimed, average, medianGap }: FrameTiming): { frameRate: Ratio; variable: boolean } {
  const usual = 1 / medianGap;
  const variable = average < minSteadyRate || Math.abs(average * medianGap - 1) > 0.05;
  if (variable) {
    const frameRate = steadyRates.find((rate) => rate.den === 1 && rateOf(rate) >= usual * 0.97) ?? {
      num: maxRate,
      den: 1,
    };
    return { frameRate, variable };
  }
  // The usual gap is rounded in some containers, the average is off in short files: they must agree to be believed.
  const rate = Math.abs(average * medianGap - 1) < likeness ? average : usual;
  const near = [claimed, nearest(rate)].find(
    (candidate) => candidate && Math.abs(rateOf(candidate) / rate - 1) < likeness,
  );
  return { frameRate: capped(near ?? { num: Math.round(rate * 1000), den: 1000 }), variable };
}

/** How far apart two rates may be and still be meant as one. */
const likeness = 0.02;

function nearest(rate: number): Ratio | undefined {
  const distance = (candidate: Ratio): number => Math.abs(rateOf(candidate) - rate);
  return steadyRates.toSorted((a, b) => distance(a) - distance(b))[0];
}

function capped({ num, den }: Ratio): Ratio {
  const every = Math.max(1, Math.ceil(num / den / maxRate - 1e-9));
  return { num, den: den * every };
}
