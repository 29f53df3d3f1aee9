export { BlobStore, type Content, type NewBlob, type Span, type StoredBlob } from './blob-store.js';
export { createStore, type StoreConfig } from './create-store.js';
export { DiskBlobStore } from './disk-blob-store.js';
export { codeOf, diskFailure } from './failure.js';
export { sha256Of } from './hash.js';
export { blobKey, editionFolder, EDITIONS, hashIn, sourceKey, SOURCES } from './keys.js';
export type { Bucket } from './s3-blob-store.js';
