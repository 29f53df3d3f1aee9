/** Posters and thumbnails that the service worker has kept. */
export const PICTURES_CACHE = 'lectern-pictures';
