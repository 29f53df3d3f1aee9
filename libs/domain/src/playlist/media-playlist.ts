import { segmentSeconds, type Address, type PlaylistTrack } from './rendition.js';

/**
 * The playlist of one rendition. EXTINF is what the samples of each segment last, to the microsecond, so that no sum of
 * them drifts from the picture (HLS-M04).
 *
 * @param target seconds, from `targetDuration` over all renditions of the edition.
 */
export function mediaPlaylist(track: PlaylistTrack, target: number, address: Address): string {
  return [
    '#EXTM3U',
    // EXT-X-MAP outside an I-frame playlist needs 6, nothing here needs more (HLS-S03).
    '#EXT-X-VERSION:6',
    `#EXT-X-TARGETDURATION:${target}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXT-X-MAP:URI="${address(`${track.initSha256}.mp4`)}"`,
    ...track.segments.flatMap((piece) => [
      `#EXTINF:${segmentSeconds(piece, track).toFixed(6)},`,
      address(`${piece.sha256}.m4s`),
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}
