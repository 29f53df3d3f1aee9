import type { Readable } from 'node:stream';
import type { Scratch } from './scratch.js';

/** What a file is, whatever it is called. */
export interface Content {
  readonly bytes: number;
  /** hexadecimal */
  readonly sha256: string;
}

/** A finished file on this machine's disk, to be taken over under a name. */
export interface NewBlob {
  readonly name: string;
  readonly path: string;
  /** What the caller has just measured of the file itself. Without it, the name begins with the hash. */
  readonly content?: Content;
}

export interface StoredBlob {
  readonly name: string;
  readonly bytes: number;
  /** By the store's own clock: compare it with `now()` of the same store. */
  readonly changedAt: Date;
}

/** Both ends included, as in `Content-Range`. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * Where originals and published pieces lie, for every process of the house. What is there is whole: it was verified
 * before its name appeared. Every method fails with `storage-full` or `storage-failed` only, and may be tried again.
 */
export abstract class BlobStore {
  /** @param scratch on the disk from which files can be taken over */
  constructor(readonly scratch: Scratch) {}

  /**
   * Takes over finished files as blobs of one folder, durably, each verified after it was written. To put what is there
   * already changes nothing. The files may be gone afterwards.
   */
  abstract putAll(folder: string, files: readonly NewBlob[]): Promise<void>;

  /** Undefined when there is no such blob. */
  abstract sizeOf(key: string): Promise<number | undefined>;

  /** The bytes of a blob, or of a part of it; undefined when there is no such blob. */
  abstract read(key: string, span?: Span): Promise<Readable | undefined>;

  /** What lies directly in a folder: blobs, and drafts that a crash has left. */
  abstract list(folder: string): AsyncIterable<StoredBlob>;

  /** The names of the folders that lie directly in one. */
  abstract folders(folder: string): AsyncIterable<string>;

  /** Removes a blob, or a folder with all that is in it; what is not there is removed. */
  abstract remove(key: string): Promise<void>;

  /** Ends what a crash has left half-sent and no listing shows, when it was begun before then. */
  abstract removeDrafts(before: Date): Promise<void>;

  /**
   * A path at which a program can read a blob, for as long as `folder` stands.
   *
   * @param folder on the disk of the scratch
   * @throws {DomainError} `original-gone` when there is no such blob
   */
  abstract lend(key: string, content: Content, folder: string, signal: AbortSignal): Promise<string>;

  /** What time it is for `changedAt`. */
  abstract now(): Promise<Date>;

  /** Fails unless the store can be reached; says how much room this machine's disk has. */
  abstract check(): Promise<{ freeBytes: number }>;
}
