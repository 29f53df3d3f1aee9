import type { PlayGrant, SpanReport } from '#libs/contracts';
import type { KeptManifest } from './keep-quality.js';
import { blobPath, keptPlaylistPath } from './kept-addresses.js';
import type { KeptLecture } from './kept-lecture.js';

/** So close to the end, a lecture begins anew, as the server has it. */
const NEARLY_OVER_MS = 10_000;

/** Of what lies on the device nobody asks for a right. */
const NEVER_EXPIRES = '9999-12-31T23:59:59.999Z';

function stillsOf(manifest: KeptManifest): Pick<PlayGrant, 'thumbnails' | 'posterUrl'> {
  const urlOf = (place: number) => blobPath(manifest.editionId, manifest.blobs[place]?.name ?? '');
  const poster = manifest.stills.find(({ kind }) => kind === 'poster');
  const thumbnails = manifest.stills.flatMap((still) => {
    const { blob, fromMs, width, height, tileMs, tileWidth, tileHeight } = still;
    if (tileMs === null || tileWidth === null || tileHeight === null) return [];
    return [{ url: urlOf(blob), fromMs, tileMs, width, height, tileWidth, tileHeight }];
  });
  return { thumbnails, posterUrl: poster ? urlOf(poster.blob) : null };
}

/** Plays a kept lecture from the device, by the same engine and the same record as any other. */
export function grantOf({ manifest }: KeptLecture, resumeMs: number): PlayGrant | undefined {
  if (!manifest) return undefined;
  const { editionId, durationMs } = manifest;
  const playlistUrl = keptPlaylistPath(editionId, 'master.m3u8');
  const isOver = resumeMs >= durationMs - NEARLY_OVER_MS;
  return {
    ...{ playlistUrl, editionId, durationMs, expiresAt: NEVER_EXPIRES, thumbnailsUrl: null },
    resumeMs: isOver ? 0 : resumeMs,
    ...stillsOf(manifest),
  };
}

/** Where the last of these spans ended, which stand in the order of their sessions. */
export const endOf = (spans: readonly SpanReport[]): number | undefined => spans.at(-1)?.toMs;
