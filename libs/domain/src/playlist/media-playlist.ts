import { growingTarget, segmentSeconds, type Address, type PlaylistTrack } from './rendition.js';

/**
 * The playlist of one rendition that is whole. EXTINF is what the samples of each segment last, to the microsecond, so that no sum of
 * them drifts from the picture (HLS-M04).
 *
 * @param target seconds, from `targetDuration` over all renditions of the edition.
 */
export const mediaPlaylist = (track: PlaylistTrack, target: number, address: Address): string =>
  playlist(track, { target, type: 'VOD', start: [], ended: true }, address);

/**
 * The playlist of one rendition that is still being encoded: it only ever grows, and ends when the encode is whole
 * (rfc8216bis 4.4.3.5). Those who join begin at the beginning, not at what is newest.
 */
export const growingPlaylist = (track: PlaylistTrack, ended: boolean, address: Address): string =>
  playlist(track, { target: growingTarget, type: 'EVENT', start: ['#EXT-X-START:TIME-OFFSET=0'], ended }, address);

interface Form {
  readonly target: number;
  readonly type: 'VOD' | 'EVENT';
  readonly start: readonly string[];
  readonly ended: boolean;
}

function playlist(track: PlaylistTrack, { target, type, start, ended }: Form, address: Address): string {
  return [
    '#EXTM3U',
    // EXT-X-MAP outside an I-frame playlist needs 6, nothing here needs more (HLS-S03).
    '#EXT-X-VERSION:6',
    `#EXT-X-TARGETDURATION:${target}`,
    `#EXT-X-PLAYLIST-TYPE:${type}`,
    ...start,
    `#EXT-X-MAP:URI="${address(`${track.initSha256}.mp4`)}"`,
    ...track.segments.flatMap((piece) => [
      `#EXTINF:${segmentSeconds(piece, track).toFixed(6)},`,
      address(`${piece.sha256}.m4s`),
    ]),
    ...(ended ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n');
}
