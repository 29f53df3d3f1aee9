import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { DomainError } from '#libs/domain';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { eachAtOnce } from './at-once.js';
import { BlobStore, type Content, type NewBlob, type Span, type StoredBlob } from './blob-store.js';
import { onDisk } from './failure.js';
import { sha256Of } from './hash.js';
import { hashIn } from './keys.js';
import type { OriginalsCache } from './originals-cache.js';
import { base64Of, compositeSha256 } from './s3-checksum.js';
import { ifObject, inBucket } from './s3-failure.js';
import type { Scratch } from './scratch.js';

/** Whose keys come from the environment or the machine, as the SDK finds them: `AWS_ACCESS_KEY_ID` and so on. */
export interface Bucket {
  readonly name: string;
  readonly region: string;
  /** Of a store that is not Amazon's; its buckets are then named by path. */
  readonly endpoint: string | undefined;
}

/** Larger files go in parts of this size: 10,000 of them are the limit, 160 GB. */
const PART_BYTES = 16 * 1024 ** 2;
const AT_ONCE = 8;
const CONNECT_MS = 5_000;
/** A store that says nothing for this long has failed; the SDK tries three times before it says so. */
const SILENCE_MS = 30_000;
const CLOCK_KEY = 'clock';

/** Blobs in a bucket of any S3 API. What is under way, and originals while they are worked on, lie on the local disk. */
export class S3BlobStore extends BlobStore {
  private readonly client: S3Client;
  private readonly bucket: { readonly Bucket: string };

  constructor(
    { name, region, endpoint }: Bucket,
    scratch: Scratch,
    private readonly originals: OriginalsCache,
  ) {
    super(scratch);
    this.bucket = { Bucket: name };
    this.client = new S3Client({
      region,
      ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
      // We state SHA-256 ourselves; other checksums are news to many stores.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: SILENCE_MS, throwOnRequestTimeout: true },
    });
  }

  override async putAll(folder: string, files: readonly NewBlob[]): Promise<void> {
    await eachAtOnce(files, AT_ONCE, (file) => this.put(`${folder}/${file.name}`, file));
  }

  override async sizeOf(key: string): Promise<number | undefined> {
    return (await this.head(key))?.ContentLength;
  }

  override async read(key: string, span?: Span): Promise<Readable | undefined> {
    const Range = span ? `bytes=${span.first}-${span.last}` : undefined;
    const found = await ifObject(this.client.send(new GetObjectCommand({ ...this.bucket, Key: key, Range })));
    return found?.Body as Readable | undefined;
  }

  override async *list(folder: string): AsyncGenerator<StoredBlob> {
    for await (const { Contents } of this.pages(folder, '/')) {
      for (const { Key = '', Size = 0, LastModified = new Date(0) } of Contents ?? []) {
        yield { name: Key.slice(folder.length + 1), bytes: Size, changedAt: LastModified };
      }
    }
  }

  override async *folders(folder: string): AsyncGenerator<string> {
    for await (const { CommonPrefixes } of this.pages(folder, '/')) {
      for (const { Prefix = '' } of CommonPrefixes ?? []) yield Prefix.slice(folder.length + 1, -1);
    }
  }

  override async remove(key: string): Promise<void> {
    for await (const { Contents } of this.pages(key)) {
      const keys = (Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
      await eachAtOnce(keys, AT_ONCE, (found) => this.removeOne(found));
    }
    await this.removeOne(key);
  }

  override async removeDrafts(before: Date): Promise<void> {
    const { Uploads } = await inBucket(this.client.send(new ListMultipartUploadsCommand(this.bucket)));
    for (const { Key, UploadId, Initiated } of Uploads ?? []) {
      if (!Initiated || Initiated >= before) continue;
      await ifObject(this.client.send(new AbortMultipartUploadCommand({ ...this.bucket, Key, UploadId })));
    }
  }

  override lend(key: string, content: Content, folder: string, signal: AbortSignal): Promise<string> {
    const fetch = async (): Promise<Readable> => {
      const original = await this.read(key);
      if (!original) throw new DomainError('original-gone', 'The original is not in the store.');
      return original;
    };
    return this.originals.lend(content, folder, fetch, signal);
  }

  override async now(): Promise<Date> {
    await inBucket(this.client.send(new PutObjectCommand({ ...this.bucket, Key: CLOCK_KEY, Body: CLOCK_KEY })));
    const written = (await this.head(CLOCK_KEY))?.LastModified;
    if (!written) throw new DomainError('storage-failed', 'The object store does not say when it was written to.');
    return written;
  }

  override async check(): Promise<{ freeBytes: number }> {
    await inBucket(this.client.send(new HeadBucketCommand(this.bucket)));
    return this.scratch.check();
  }

  private async put(key: string, { name, path, content }: NewBlob): Promise<void> {
    const { size } = await onDisk(stat(path));
    const wanted = { path, ...(content ?? { bytes: size, sha256: hashIn(name) ?? '' }) };
    if (await this.holds(key, wanted)) return;
    await (size <= PART_BYTES ? this.putWhole(key, wanted) : this.putInParts(key, path));
    if (!(await this.holds(key, wanted))) {
      throw new DomainError('storage-failed', 'What lies in the object store is not what was sent there.');
    }
  }

  /** The store refuses bytes that are not those of the hash. */
  private async putWhole(key: string, { path, sha256 }: { path: string; sha256: string }): Promise<void> {
    const object = { Key: key, Body: await onDisk(readFile(path)), ChecksumSHA256: base64Of(sha256) };
    await inBucket(this.client.send(new PutObjectCommand({ ...this.bucket, ...object })));
  }

  private async putInParts(key: string, path: string): Promise<void> {
    const object = { Key: key, Body: createReadStream(path), ChecksumAlgorithm: 'SHA256' } as const;
    await inBucket(
      new Upload({ client: this.client, params: { ...this.bucket, ...object }, partSize: PART_BYTES }).done(),
    );
  }

  /** Whether the store has exactly this: by the checksum that it states, or, where it states none, by reading it back. */
  private async holds(key: string, { path, bytes, sha256 }: Content & { path: string }): Promise<boolean> {
    const head = await this.head(key);
    if (head?.ContentLength !== bytes) return false;
    const stated = head.ChecksumSHA256;
    if (stated?.includes('-')) return stated === (await onDisk(compositeSha256(path, PART_BYTES)));
    if (stated !== undefined) return stated === base64Of(sha256);
    const content = await this.read(key);
    return content !== undefined && (await inBucket(sha256Of(content))) === sha256;
  }

  private head(key: string) {
    return ifObject(this.client.send(new HeadObjectCommand({ ...this.bucket, Key: key, ChecksumMode: 'ENABLED' })));
  }

  private async removeOne(key: string): Promise<void> {
    await ifObject(this.client.send(new DeleteObjectCommand({ ...this.bucket, Key: key })));
  }

  private async *pages(folder: string, Delimiter?: string): AsyncGenerator<ListObjectsV2CommandOutput> {
    let ContinuationToken: string | undefined;
    do {
      const asked = { ...this.bucket, Prefix: `${folder}/`, Delimiter, ContinuationToken };
      const page = await inBucket(this.client.send(new ListObjectsV2Command(asked)));
      yield page;
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }
}
