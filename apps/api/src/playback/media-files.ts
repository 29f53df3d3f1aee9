/** What a blob is, by the end of its name (HLS-D02). */
const contentTypes: Readonly<Record<string, string>> = {
  m4s: 'video/iso.segment',
  mp4: 'video/mp4',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  vtt: 'text/vtt; charset=utf-8',
};

export interface BlobName {
  readonly sha256: string;
  readonly contentType: string;
}

/** Reads `{sha256}.{ext}`; undefined for any other name. */
export function blobNameOf(name: string): BlobName | undefined {
  const [, sha256, extension] = /^([0-9a-f]{64})\.([a-z0-9]{2,4})$/.exec(name) ?? [];
  const contentType = contentTypes[extension ?? ''];
  return sha256 && contentType ? { sha256, contentType } : undefined;
}
