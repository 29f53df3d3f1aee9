/** A screen of the player; the console and the API are others' business. */
export const isScreen = (path: string): boolean => !/^\/(api|media|console)(\/|$)/.test(path);

/** A poster or thumbnail; segments are not kept. */
export const isPicture = (path: string): boolean => path.startsWith('/media/') && path.endsWith('.jpg');

/** A picture is the same whoever may see it: the right to it is no part of its name. */
export function pictureKey(url: string): string {
  const key = new URL(url);
  key.searchParams.delete('token');
  return key.href;
}
