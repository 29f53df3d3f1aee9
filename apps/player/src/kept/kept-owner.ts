import type { Viewer } from '../viewer/viewer.js';
import type { KeptLecture } from './kept-lecture.js';

/** On a hall's screen things are kept for the site, whoever may be signed in; elsewhere for the person. */
export const ownerOf = ({ person, device }: Viewer): string =>
  device ? `device:${device.deviceId}` : person ? `person:${person.id}` : 'nobody';

export const isOwnedBy = ({ owners }: KeptLecture, viewer: Viewer): boolean => owners.includes(ownerOf(viewer));
