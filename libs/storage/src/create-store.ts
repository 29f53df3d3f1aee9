import { join } from 'node:path';
import type { BlobStore } from './blob-store.js';
import { DiskBlobStore } from './disk-blob-store.js';
import { OriginalsCache } from './originals-cache.js';
import type { Bucket } from './s3-blob-store.js';
import { Scratch } from './scratch.js';

export interface StoreConfig {
  /** Absolute. Without a bucket it holds everything; with one, only what is under way. */
  readonly mediaRoot: string;
  readonly bucket: Bucket | undefined;
  /** How much of this machine's disk copies of originals may take; only with a bucket. */
  readonly originalsCacheBytes: number;
}

/** The one store that the processes of a house share. The AWS SDK, 24 MB of memory, is loaded only where there is a bucket. */
export async function createStore({ mediaRoot, bucket, originalsCacheBytes }: StoreConfig): Promise<BlobStore> {
  if (!bucket) return new DiskBlobStore(mediaRoot);
  const { S3BlobStore } = await import('./s3-blob-store.js');
  const cache = new OriginalsCache(join(mediaRoot, 'cache'), originalsCacheBytes);
  return new S3BlobStore(bucket, new Scratch(mediaRoot), cache);
}
