import { DomainError } from '../errors.js';
import { sourceDurationMs, type AcceptedFacts, type SourceFacts, type VideoFacts } from './source-facts.js';

/** What an upload may ask of a worker. */
export const sourceLimits = {
  /** Shorter side in pixels; below this no encoder makes a picture of it. */
  minSide: 16,
  /** Longer side in pixels. */
  maxSide: 8192,
  maxPixels: 8192 * 4320,
  /** Frames a second on average; high-speed phone recordings reach 240. */
  maxFrameRate: 300,
  maxDurationMs: 12 * 3_600_000,
  maxStreams: 64,
  /** Pixels to decode in all: four hours of 2160p60. */
  maxDecodedPixels: 3840 * 2160 * 60 * 4 * 3600,
  /** Bytes of packets for each byte of the file, beyond a free megabyte. */
  maxAmplification: 2,
} as const;

/** How much may be missing of what was announced: the last frames' durations, rounding, a few damaged frames. */
export const toleratedMs = (announcedMs: number): number => Math.max(1_000, announcedMs * 0.02);

/** Whether more bytes have come out of a file than an honest one holds (edit-list loops, shared samples). */
export const isAmplified = (packetBytes: number, fileBytes: number): boolean =>
  packetBytes > fileBytes * sourceLimits.maxAmplification + 1024 ** 2;

/**
 * Says yes to a source that a worker can carry to its end.
 *
 * @throws {DomainError} one `source-*` code for each reason to refuse it.
 */
export function acceptSource(facts: SourceFacts): asserts facts is AcceptedFacts {
  acceptStreams(facts);
  acceptPicture(facts.video);
  acceptLength(facts);
  acceptCost(facts, facts.video);
}

function acceptStreams(facts: SourceFacts): asserts facts is AcceptedFacts {
  const { streams, video, attachedPictureOnly } = facts;
  if (streams > sourceLimits.maxStreams)
    throw new DomainError(
      'source-too-many-streams',
      `It has ${streams} tracks; at most ${sourceLimits.maxStreams} may be.`,
    );
  if (!video) {
    const held = attachedPictureOnly ? 'It has a cover picture, but no moving picture.' : 'It has no video track.';
    throw new DomainError('source-no-video', held);
  }
  if (video.packets === 0 && (facts.headerDurationMs ?? 0) > 0)
    throw new DomainError('source-incomplete', 'Its video track names frames, but none of them is in the file.');
  if (video.packets === 0) throw new DomainError('source-empty', 'Its video track holds not one frame.');
}

function acceptPicture({ width, height, averageRate }: VideoFacts): void {
  if (width === 0 || height === 0)
    throw new DomainError('source-unreadable', 'The size of its picture cannot be read: the video track is damaged.');
  if (Math.min(width, height) < sourceLimits.minSide)
    throw new DomainError('source-too-small', `Its picture is ${width}×${height} pixels; no side may be under 16.`);
  if (Math.max(width, height) > sourceLimits.maxSide || width * height > sourceLimits.maxPixels)
    throw new DomainError('source-too-large', `Its picture is ${width}×${height} pixels; 8192×4320 is the limit.`);
  if (averageRate > sourceLimits.maxFrameRate)
    throw new DomainError(
      'source-frame-rate',
      `It has ${Math.round(averageRate)} frames a second; at most ${sourceLimits.maxFrameRate} may be.`,
    );
}

function acceptLength(facts: SourceFacts): void {
  const lengthMs = sourceDurationMs(facts);
  const { heldMs, headerDurationMs } = facts;
  const claimedMs = headerDurationMs ?? heldMs;
  if (isAmplified(facts.packetBytes, facts.bytes))
    throw new DomainError('source-too-costly', 'It shows the same few bytes again and again, far beyond its size.');
  if (lengthMs > sourceLimits.maxDurationMs)
    throw new DomainError('source-too-long', `It lasts ${hours(lengthMs)} hours; at most 12 may be.`);
  if (claimedMs - heldMs <= toleratedMs(claimedMs)) return;
  if (claimedMs > sourceLimits.maxDurationMs)
    throw new DomainError(
      'source-duration-mismatch',
      `Its header claims ${hours(claimedMs)} hours, its frames last ${seconds(lengthMs)} s.`,
    );
  throw new DomainError(
    'source-incomplete',
    `It should last ${seconds(claimedMs)} s, but the file ends after ${seconds(heldMs)} s.`,
  );
}

function acceptCost(facts: SourceFacts, { width, height, packets, still }: VideoFacts): void {
  if (width * height * packets > sourceLimits.maxDecodedPixels)
    throw new DomainError('source-too-costly', `Its ${packets} frames of ${width}×${height} are too many to decode.`);
  if (still && packets === 1 && sourceDurationMs(facts) === 0)
    throw new DomainError('source-still-image', 'It is a single picture, not a lecture.');
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const hours = (ms: number): string => (ms / 3_600_000).toFixed(1);
