export { averageBps, peakBps } from './bit-rate.js';
export { captionDocument, growingSubtitles, subtitlePlaylist, type CaptionTrack } from './captions.js';
export { iframePlaylist, iframesName, iframeTracks } from './iframe-playlist.js';
export { growingPlaylist, mediaPlaylist } from './media-playlist.js';
export { multivariantPlaylist } from './multivariant-playlist.js';
export {
  targetDuration,
  trackNamed,
  type Address,
  type AudioTrack,
  type PlaylistTrack,
  type SegmentPiece,
  type VideoTrack,
} from './rendition.js';
