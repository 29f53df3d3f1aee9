import { segmentMs } from '../media/chunk-plan.js';

/** One immutable piece of a rendition as it was measured. */
export interface SegmentPiece {
  readonly sha256: string;
  readonly bytes: number;
  readonly durationTicks: number;
  /** From the file's start to the end of its first sample, an IDR picture (HLS-V09); none of sound. */
  readonly keyBytes?: number | null | undefined;
}

interface Track {
  /** `1080p` … `240p`, `audio` */
  readonly name: string;
  /** RFC 6381, read from the initialisation segment. */
  readonly codecs: string;
  /** Ticks a second. */
  readonly timescale: number;
  readonly initSha256: string;
  readonly segments: readonly SegmentPiece[];
}

export interface VideoTrack extends Track {
  readonly kind: 'video';
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

export interface AudioTrack extends Track {
  readonly kind: 'audio';
  readonly channels: number;
}

export type PlaylistTrack = VideoTrack | AudioTrack;

/**
 * The name under which sound is a variant of its own. VLC takes a variant at the address of a group for that group, and
 * plays pictures without sound.
 */
export const soundAlone = 'sound-alone';

/** The track whose playlist has this name. */
export const trackNamed = (tracks: readonly PlaylistTrack[], name: string): PlaylistTrack | undefined =>
  tracks.find((track) => track.name === name || (track.kind === 'audio' && name === soundAlone));

/** Gives the URI of a file of the edition: `{sha256}.m4s`, `{sha256}.mp4` or `{rendition}.m3u8`. */
export type Address = (file: string) => string;

/** Seconds; exact but for the last bit of a double. */
export const segmentSeconds = ({ durationTicks }: SegmentPiece, { timescale }: Track): number =>
  durationTicks / timescale;

export const trackSeconds = (track: PlaylistTrack): number =>
  track.segments.reduce((sum, piece) => sum + segmentSeconds(piece, track), 0);

export const shortSide = ({ width, height }: VideoTrack): number => Math.min(width, height);

/** The same of playlists that still grow, whose segments are not all known: the grid's. */
export const growingTarget = segmentMs / 1000;

/** Whole seconds, the same for all playlists of an edition (HLS-M03): no EXTINF rounds above it (HLS-M01). */
export const targetDuration = (tracks: readonly PlaylistTrack[]): number =>
  Math.max(1, ...tracks.flatMap((track) => track.segments.map((piece) => Math.round(segmentSeconds(piece, track)))));
