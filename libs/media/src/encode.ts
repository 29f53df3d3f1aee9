import { mkdir } from 'node:fs/promises';
import { rateOf, sourceDurationMs, type AudioFacts, type Chunk, type SourceFacts, type VideoFacts } from '#libs/domain';
import { ladder } from '#libs/domain';
import { audioPlan } from './audio-plan.js';
import type { Ffmpeg } from './ffmpeg.js';
import { require } from './fmp4/box.js';
import { frameCount } from './picture-filters.js';
import { readRendition, type CheckedRendition } from './rendition-reader.js';
import type { Limits } from './sandbox.js';
import { videoPlan } from './video-plan.js';

export type AcceptedFacts = SourceFacts & { readonly video: VideoFacts };

/** One piece of encoding: from a source into a folder of its own. */
export interface Encode {
  /** Absolute path of the original. */
  readonly source: string;
  readonly facts: AcceptedFacts;
  /** Absolute; made when it is not there. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  /** 0..1 */
  readonly onProgress?: ((share: number) => void) | undefined;
}

export interface NamedRendition extends CheckedRendition {
  /** `1080p` … `240p`, `audio` */
  readonly name: string;
}

export interface Encoded {
  readonly renditions: readonly NamedRendition[];
  readonly cpuMs: number;
}

/** CPU seconds for each second of a lecture that no honest encode comes near, 2160p60 included. */
const cpuPerSecond = 60;

export const encodeLimits = (durationMs: number): Limits => ({
  cpuSeconds: 300 + (durationMs / 1000) * cpuPerSecond,
  memoryBytes: 12 * 1024 ** 3,
  fileBytes: 256 * 1024 ** 2,
});

/**
 * Encodes one chunk in all renditions, and opens everything that came out.
 *
 * @throws {DomainError} `encode-*`, `storage-full`, or `verify-failed` when the result is not what was planned
 */
export async function encodeChunk(ffmpeg: Ffmpeg, chunk: Chunk, encode: Encode): Promise<Encoded> {
  const [top, ...lower] = ladder(encode.facts.video);
  require(top !== undefined, 'there is no rung');
  const rungs = [top, ...lower] as const;
  const plannedMs = chunk.toMs - chunk.fromMs;
  const cpuMs = await run(ffmpeg, encode, plannedMs, videoPlan(encode.facts, [...rungs], chunk));
  const { frameRate } = encode.facts.video;
  const frameMs = 1000 / rateOf(frameRate);
  const renditions = await Promise.all(
    rungs.map(async ({ name }, index) => ({ name, ...(await readRendition(`${encode.folder}/${index}`)) })),
  );
  for (const rendition of renditions) requireLength(rendition, frameCount(frameRate, plannedMs) * frameMs, frameMs);
  requireAligned(renditions);
  return { renditions, cpuMs };
}

/** Encodes the sound of the whole edition. @throws as `encodeChunk` */
export async function encodeAudio(ffmpeg: Ffmpeg, audio: AudioFacts, encode: Encode): Promise<Encoded> {
  const { facts, folder } = encode;
  const plannedMs = sourceDurationMs(facts);
  const cpuMs = await run(ffmpeg, encode, plannedMs, audioPlan(facts, audio, plannedMs));
  const rendition = { name: 'audio', ...(await readRendition(folder)) };
  requireLength(rendition, plannedMs, 2 * (1000 / rateOf(facts.video.frameRate)));
  return { renditions: [rendition], cpuMs };
}

async function run(
  ffmpeg: Ffmpeg,
  { source, folder, signal, onProgress }: Encode,
  plannedMs: number,
  plan: Parameters<Ffmpeg['encode']>[0],
): Promise<number> {
  await mkdir(folder, { recursive: true });
  const limits = encodeLimits(plannedMs);
  const share = (encodedMs: number): void => onProgress?.(Math.min(1, encodedMs / plannedMs));
  return ffmpeg.encode(plan, { source, folder, limits, signal, onProgress: share });
}

function requireLength({ name, durationMs }: NamedRendition, plannedMs: number, slackMs: number): void {
  const off = Math.round(durationMs - plannedMs);
  require(Math.abs(off) <= slackMs + 50, `${name} lasts ${off} ms more than planned`);
}

/** HLS-M03: the same cuts in every rendition, so that a player may change between them at any. */
function requireAligned([first, ...others]: readonly CheckedRendition[]): void {
  const cuts = (rendition: CheckedRendition | undefined): string =>
    rendition?.segments.map(({ durationTicks }) => durationTicks / rendition.track.timescale).join() ?? '';
  for (const other of others) require(cuts(other) === cuts(first), 'the renditions are cut at different times');
}
