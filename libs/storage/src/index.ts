export { blobKey, BlobStore, editionFolder, sourceKey } from './blob-store.js';
