import { mkdir } from 'node:fs/promises';
import {
  rateOf,
  seekPointFor,
  segmentMs,
  sourceDurationMs,
  type AcceptedFacts,
  type AudioFacts,
  type Chunk,
  type Rung,
} from '#libs/domain';
import { audioPlan } from './audio-plan.js';
import type { Ffmpeg } from './ffmpeg.js';
import { require } from './fmp4/box.js';
import { stretchOf } from './frame-grid.js';
import { measureLoudness } from './loudness.js';
import { PieceFeed, type NamedRendition, type PieceTaker } from './piece-feed.js';
import { RenditionReader } from './rendition-reader.js';
import { quietMs } from './patience.js';
import type { Limits } from './sandbox.js';
import { videoPlan } from './video-plan.js';

/** One piece of encoding: from a source into a folder of its own. */
export interface Encode extends PieceTaker {
  /** Absolute path of the original. */
  readonly source: string;
  readonly facts: AcceptedFacts;
  /** Absolute; made when it is not there. */
  readonly folder: string;
  /** 0..1 */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** The picture of an encode: in the rungs that were planned for it, whatever would be planned today. */
export interface PictureEncode extends Encode {
  /** Best first. */
  readonly rungs: readonly Rung[];
}

export interface Encoded {
  /** All pieces, also those that were handed out before. */
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

/** Of pictures that an encoder takes before it gives the first. */
const encoderHoldsMs = 2_000;

/** Sound takes a hundredth of a second for each of its own; a file whose packets are past all reason is stopped here. */
const soundLimits = (durationMs: number): Limits => ({
  ...encodeLimits(durationMs),
  cpuSeconds: 60 + durationMs / 10_000,
});

/**
 * Encodes one chunk in all renditions, and opens everything that came out: every segment lies exactly on the grid of the
 * edition, whichever chunks it was cut into.
 *
 * @throws {DomainError} `encode-*`, `storage-full`, or `verify-failed` when the result is not what was planned
 */
export async function encodeChunk(ffmpeg: Ffmpeg, chunk: Chunk, encode: PictureEncode): Promise<Encoded> {
  const { facts, folder } = encode;
  const [top, ...lower] = encode.rungs;
  require(top !== undefined, 'there is no rung');
  const rungs = [top, ...lower] as const;
  const stretch = stretchOf(facts, chunk);
  const { num, den } = facts.video.frameRate;
  const place = {
    index: chunk.fromMs / segmentMs,
    lines: ({ timescale }: { timescale: number }) =>
      stretch.lines.map((frame) => Math.round((frame * den * timescale) / num)),
  };
  const readers = rungs.map(({ name }, at) => ({ name, reader: new RenditionReader(`${folder}/${at}`, place) }));
  const limits = encodeLimits(chunk.toMs - chunk.fromMs);
  const leadMs = chunk.fromMs - (seekPointFor(chunk.fromMs, facts.video.seekPointsMs) ?? 0);
  const pace = { limits, quietMs: quietMs(facts, leadMs + encoderHoldsMs) };
  return run(ffmpeg, encode, { plan: videoPlan(facts, [...rungs], stretch), readers, ...pace, ...chunk });
}

/** Encodes the sound of the whole edition. @throws as `encodeChunk` */
export async function encodeAudio(ffmpeg: Ffmpeg, audio: AudioFacts, encode: Encode): Promise<Encoded> {
  const { facts, folder } = encode;
  const toMs = sourceDurationMs(facts);
  const reader = new RenditionReader(folder, { index: 0, lines: () => [0] });
  const loudness = await measureLoudness(ffmpeg, audio, encode);
  const plan = audioPlan(facts, audio, toMs, loudness.gainDb);
  const task = { plan, readers: [{ name: 'audio', reader }], limits: soundLimits(toMs), quietMs: quietMs(facts, 0) };
  const encoded = await run(ffmpeg, encode, { ...task, fromMs: 0, toMs });
  const offMs = Math.round(reader.endSeconds * 1000 - toMs);
  require(Math.abs(offMs) <=
    50 + 2000 / rateOf(facts.video.frameRate), `the sound lasts ${offMs} ms more than planned`);
  return { ...encoded, cpuMs: encoded.cpuMs + loudness.cpuMs };
}

interface Task {
  readonly plan: Parameters<Ffmpeg['encode']>[0];
  readonly readers: readonly { readonly name: string; readonly reader: RenditionReader }[];
  readonly limits: Limits;
  readonly quietMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

async function run(ffmpeg: Ffmpeg, encode: Encode, { plan, readers, fromMs, toMs, ...pace }: Task): Promise<Encoded> {
  const { source, folder, onProgress } = encode;
  await mkdir(folder, { recursive: true });
  const feed = new PieceFeed(readers, encode);
  const encoding = ffmpeg.encode(plan, {
    ...{ source, folder, ...pace, signal: feed.signal },
    onProgress: (atMs) => {
      onProgress?.(share(atMs, toMs - fromMs));
      feed.look();
    },
  });
  const cpuMs = await encoding.finally(() => feed.settle());
  return { renditions: await feed.end(), cpuMs };
}

/** ffmpeg counts what it has written from 0 in each chunk, or from its first report on where it keeps the edition's clock. */
const share = (writtenMs: number, lengthMs: number): number => Math.min(1, Math.max(0, writtenMs / lengthMs));
