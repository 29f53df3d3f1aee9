import type { UploadView } from '#libs/contracts';

/** Endings that browsers do not count among video by themselves. */
export const ACCEPTED = 'video/*,.mkv,.mts,.m2ts,.ts,.flv,.asf,.wmv,.ogv,.mxf,.3gp';

/** A first title for a lecture: the file's name without its ending, underscores as spaces. */
export function titleOf(fileName: string): string {
  const title = fileName
    .replace(/\.[^.]{1,5}$/, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, 300);
  return title || fileName;
}

/** Uploads that wait for the rest of their bytes and are not being sent from this page. */
export const unfinished = (uploads: readonly UploadView[], underWay: ReadonlySet<string>) =>
  uploads.filter(({ id, state }) => state === 'receiving' && !underWay.has(id));

/**
 * The unfinished upload that a chosen file goes on with. Name and size are enough to guess by: the digest of the whole
 * file decides at the end.
 */
export const uploadOf = (file: { name: string; size: number }, uploads: readonly UploadView[]) =>
  uploads.find(({ fileName, bytes }) => fileName === file.name && bytes === file.size);
