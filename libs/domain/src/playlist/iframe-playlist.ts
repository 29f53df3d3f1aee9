import { averageBps, peakBps } from './bit-rate.js';
import { segmentSeconds, shortSide, type Address, type PlaylistTrack, type VideoTrack } from './rendition.js';

/** Short side that is sharp enough to find one's way by, and small enough to race through. */
const sharpShortSide = 480;

/** The playlist of a rendition's I-frames, as its address names it. */
export const iframesName = ({ name }: VideoTrack): string => `iframes-${name}`;

/**
 * The renditions whose I-frames are offered alone for racing and seeking (HLS-V09): the lowest, for slow links, and the
 * best up to 480 lines. Renditions whose pictures were never measured are left out.
 */
export function iframeTracks(tracks: readonly PlaylistTrack[]): VideoTrack[] {
  const measured = tracks
    .filter((track) => track.kind === 'video')
    .filter(({ segments }) => segments.length > 0 && segments.every(({ keyBytes }) => keyBytes))
    .sort((a, b) => shortSide(a) - shortSide(b));
  const sharp = measured.findLast((track) => shortSide(track) <= sharpShortSide);
  return [...new Set([measured[0], sharp])].filter((track) => track !== undefined);
}

/**
 * The I-frames of a rendition, each the beginning of its segment with the `moof` that describes it (Apple 6.10) and shown
 * until the next.
 *
 * @param target seconds, as in `mediaPlaylist`
 */
export function iframePlaylist(track: VideoTrack, target: number, address: Address): string {
  return [
    '#EXTM3U',
    // EXT-X-MAP in an I-frame playlist needs 5 (HLS-S03).
    '#EXT-X-VERSION:5',
    `#EXT-X-TARGETDURATION:${target}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-I-FRAMES-ONLY',
    `#EXT-X-MAP:URI="${address(`${track.initSha256}.mp4`)}"`,
    ...track.segments.flatMap((piece) => [
      `#EXTINF:${segmentSeconds(piece, track).toFixed(6)},`,
      `#EXT-X-BYTERANGE:${piece.keyBytes ?? 0}@0`,
      address(`${piece.sha256}.m4s`),
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}

/** The line of the multivariant playlist that offers it; rates are of the I-frames alone (HLS-V04). */
export function iframeStreamInf(track: VideoTrack, target: number, address: Address): string {
  const pieces = track.segments.map((piece) => ({
    seconds: segmentSeconds(piece, track),
    bytes: piece.keyBytes ?? 0,
  }));
  return (
    `#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=${peakBps(pieces, target)},AVERAGE-BANDWIDTH=${averageBps(pieces)},` +
    `CODECS="${track.codecs}",RESOLUTION=${track.width}x${track.height},URI="${address(`${iframesName(track)}.m3u8`)}"`
  );
}
