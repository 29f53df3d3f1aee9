/** Where each thing lies. Keys are made of ids and hashes only: nothing that a person typed is ever a path. */
export const SOURCES = 'sources';
export const EDITIONS = 'editions';
export const sourceKey = (editionId: string): string => `${SOURCES}/${editionId}`;
export const editionFolder = (editionId: string): string => `${EDITIONS}/${editionId}`;
export const blobKey = (editionId: string, name: string): string => `${editionFolder(editionId)}/${name}`;

/** The hash that a blob's name begins with; undefined for a draft and for whatever else lies there. */
export const hashIn = (name: string): string | undefined => /^([0-9a-f]{64})\.[a-z0-9]{2,4}$/.exec(name)?.[1];
