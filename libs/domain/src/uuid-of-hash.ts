/** What a hash in hex becomes as a UUID of this version (RFC 9562): its first 128 bits but for those that tell what it is. */
export const uuidOfHash = (hex: string, version: 4 | 8): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
