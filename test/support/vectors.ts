import type { PresenceGrade, Span } from '#libs/domain';
import { readFileSync } from 'node:fs';

/** A case of libs/domain/src/tracking/vectors.json; see its `about`. */
export interface Vector {
  readonly name: string;
  readonly D: number;
  readonly editionMap?: readonly [number, number, number][];
  readonly sessions: readonly VectorSession[];
  readonly expect: Readonly<Record<string, VectorExpectation>>;
}

export interface VectorSession {
  readonly id: string;
  readonly kind?: 'personal' | 'hall';
  readonly edition?: number;
  readonly learner?: string;
  readonly site?: string;
  readonly wallStart: number;
  readonly spans?: readonly [number, number, number, number, number, number][];
  readonly hops?: { count: number; every: number; length: number; clockEvery: number; clockLength?: number };
  readonly presences?: readonly [string, number, number, PresenceGrade][];
  readonly headCount?: number;
}

type VectorExpectation = Readonly<Record<string, unknown>>;

const file = new URL('../../libs/domain/src/tracking/vectors.json', import.meta.url);
export const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

export function spansOf({ spans = [], hops }: VectorSession): Span[] {
  const listed = spans.map(([seq, fromMs, toMs, rate, clockFromMs, clockToMs]): Span => {
    return { seq, fromMs, toMs, rate, clockFromMs, clockToMs };
  });
  if (!hops) return listed;
  const { count, every, length, clockEvery, clockLength = length } = hops;
  const hopped = Array.from({ length: count }, (_, seq): Span => {
    const [fromMs, clockFromMs] = [seq * every, seq * clockEvery];
    return { seq, fromMs, toMs: fromMs + length, rate: 1, clockFromMs, clockToMs: clockFromMs + clockLength };
  });
  return [...listed, ...hopped];
}

export const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
