import { z } from 'zod';

/**
 * A picture of many thumbnails, in rows from the left: what the lecture looks like every `tileMs` from `fromMs` on.
 * Pixels; `url` carries the right to play.
 */
export const ThumbnailSheet = z.object({
  url: z.string(),
  fromMs: z.number().int(),
  tileMs: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  tileWidth: z.number().int(),
  tileHeight: z.number().int(),
});
export type ThumbnailSheet = z.output<typeof ThumbnailSheet>;

/** `playlistUrl` works in any HLS client without cookies until `expiresAt`. */
export const PlayGrant = z.object({
  playlistUrl: z.string(),
  expiresAt: z.iso.datetime(),
  durationMs: z.number().int(),
  editionId: z.uuid(),
  resumeMs: z.number().int(),
  /** Pictures for the seek bar, by `fromMs`; other players find them as a WebVTT track at `thumbnailsUrl`. */
  thumbnails: z.array(ThumbnailSheet),
  thumbnailsUrl: z.string().nullable(),
  posterUrl: z.string().nullable(),
});
export type PlayGrant = z.output<typeof PlayGrant>;

export const ManifestBlob = z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() });
const index = z.number().int().min(0);

/** One quality of the picture, or the sound. `init` and `segments` are places in `blobs`; `durationTicks` goes with `segments`. */
export const ManifestTrack = z.object({
  kind: z.enum(['video', 'audio']),
  name: z.string(),
  codecs: z.string(),
  timescale: z.number().int(),
  /** Pixels, and pictures a second; null of sound. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  frameRate: z.number().nullable(),
  channels: z.number().int().nullable(),
  init: index,
  segments: z.array(index),
  durationTicks: z.array(z.number().int()),
});
export type ManifestTrack = z.output<typeof ManifestTrack>;

export const ManifestCaption = z.object({ language: z.string(), label: z.string(), blob: index });

/** A poster, or a sheet of thumbnails as in `PlayGrant`; the sizes of tiles are null of a poster. */
export const ManifestStill = z.object({
  kind: z.enum(['poster', 'sheet']),
  fromMs: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  tileMs: z.number().int().nullable(),
  tileWidth: z.number().int().nullable(),
  tileHeight: z.number().int().nullable(),
  blob: index,
});

/**
 * Every blob of an edition, and what each is for: enough to make the playlists without asking. `signature` is a detached-free
 * compact JWS (ES256) whose payload is this same document without it.
 */
export const EditionManifest = z.object({
  editionId: z.uuid(),
  lectureId: z.uuid(),
  durationMs: z.number().int(),
  /** BCP 47 of the speech. */
  language: z.string(),
  blobs: z.array(ManifestBlob),
  tracks: z.array(ManifestTrack),
  captions: z.array(ManifestCaption),
  stills: z.array(ManifestStill),
  signature: z.string(),
});
export type EditionManifest = z.output<typeof EditionManifest>;

export const CaptionView = z.object({ language: z.string(), label: z.string(), bytes: z.number().int() });
export type CaptionView = z.output<typeof CaptionView>;
export const CaptionList = z.object({ items: z.array(CaptionView), next: z.null() });
