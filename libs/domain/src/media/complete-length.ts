import { DomainError } from '../errors.js';
import { rateOf } from './frame-rate.js';
import type { Rung } from './ladder.js';
import { sourceDurationMs, type AcceptedFacts } from './source-facts.js';

/** What has been stored of a rendition. */
export interface RenditionLength {
  readonly name: string;
  readonly kind: 'video' | 'audio';
  readonly segments: number;
  /** Index of the last one; null when there is none. */
  readonly lastIndex: number | null;
  readonly seconds: number;
}

/**
 * How long an encode is in which nothing is missing: every rendition that was planned, every segment of each, pictures all of
 * one length, and sound as long as they are.
 *
 * @throws {DomainError} `verify-failed` naming what is missing
 */
export function completeLengthMs(
  facts: AcceptedFacts,
  rungs: readonly Rung[],
  lengths: readonly RenditionLength[],
): number {
  const frameMs = 1000 / rateOf(facts.video.frameRate);
  const names = [...rungs.map(({ name }) => name), ...(facts.audio ? ['audio'] : [])];
  const found = names.map((name) => {
    const length = lengths.find((each) => each.name === name);
    if (length?.lastIndex !== (length?.segments ?? 0) - 1) throw incomplete(`${name} has a gap`);
    return length;
  });
  const pictures = found.filter(({ kind }) => kind === 'video');
  const lengthMs = Math.max(...pictures.map(({ seconds }) => seconds * 1000));
  const short = found.find(
    ({ seconds, kind }) => lengthMs - seconds * 1000 > (kind === 'video' ? 0.5 : 2 * frameMs + 50),
  );
  if (short) throw incomplete(`${short.name} ends ${Math.round(lengthMs - short.seconds * 1000)} ms too early`);
  if (Math.abs(lengthMs - sourceDurationMs(facts)) > frameMs + 1) throw incomplete(`it lasts ${lengthMs} ms`);
  return Math.round(lengthMs);
}

const incomplete = (what: string) => new DomainError('verify-failed', `The encode is not complete: ${what}.`);
