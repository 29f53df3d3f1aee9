/** Where kept pieces and playlists lie; Cache Storage, so that the service worker can answer with them. */
export const KEPT_CACHE = 'lectern-kept';

export const blobPath = (editionId: string, name: string): string => `/media/${editionId}/${name}`;

/** No server knows these: only what is kept answers there. */
export const keptPlaylistPath = (editionId: string, file: string): string => `/media/${editionId}/kept/${file}`;
