export { thumbnailAt, type Thumbnail, type ThumbnailSheet } from './thumbnail-sheet.js';
export { thumbnailTrack } from './thumbnail-track.js';
