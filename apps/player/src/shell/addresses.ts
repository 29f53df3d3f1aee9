/** A screen of the player; the console and the API are others' business. */
export const isScreen = (path: string): boolean => !/^\/(api|media|console)(\/|$)/.test(path);

/** Pieces and playlists, which may be kept on the device. */
export const isMedia = (path: string): boolean => path.startsWith('/media/');

/** A poster or thumbnail. */
export const isPicture = (path: string): boolean => path.startsWith('/media/') && path.endsWith('.jpg');

/** A picture is the same whoever may see it: the right to it is no part of its name. */
export function pictureKey(url: string): string {
  const key = new URL(url);
  key.searchParams.delete('token');
  return key.href;
}
