import { ProbeEdition, queueIdOf } from '#libs/contracts';
import { Job } from '#libs/database';
import { DomainError } from '#libs/domain';
import { JobSender } from '#libs/queue';
import { BlobStore, type Content, diskFailure, sha256Of, sourceKey, SOURCES } from '#libs/storage';
import { Injectable, Logger } from '@nestjs/common';
import { createReadStream } from 'node:fs';
import { access, rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { UploadLocks } from './upload-locks.js';
import { UploadStore } from './upload-store.js';
import { beginVerifying, insertEdition, refuseUpload } from './uploads.queries.js';

const PATIENCE_MS = 5_000;

/** Makes an edition of an upload whose last byte is here: exactly one, wherever a crash may fall. */
@Injectable()
export class FinishedUploads {
  private readonly logger = new Logger(FinishedUploads.name);

  constructor(
    private readonly database: DataSource,
    private readonly jobs: JobSender,
    private readonly locks: UploadLocks,
    private readonly store: UploadStore,
    private readonly blobs: BlobStore,
  ) {}

  /**
   * Verifies, keeps and hands on a whole upload; one that has been handled already stays as it is.
   *
   * @throws {DomainError} `digest-mismatch` when the file is not the one announced, `upload-busy` while somebody else is at it.
   */
  finish(id: string, patienceMs = PATIENCE_MS): Promise<void> {
    return this.locks.during(id, patienceMs, async () => {
      const upload = await beginVerifying(this.database.manager, id);
      if (upload) await this.verifyAndKeep(id, upload.sha256);
    });
  }

  private async verifyAndKeep(id: string, announced: string | null): Promise<void> {
    const content = await this.contentOf(id);
    const { sha256 } = content;
    if (announced !== null && announced !== sha256) {
      const detail = `The file's SHA-256 is ${sha256}, announced was ${announced}.`;
      await refuseUpload(this.database.manager, id, 'digest-mismatch', detail);
      await this.forget(id);
      throw new DomainError('digest-mismatch', detail);
    }
    await this.moveToStore(id, content);
    const job = await this.makeEdition(id, sha256);
    if (job) void this.wake(job);
    else await this.blobs.remove(sourceKey(id));
  }

  /** After a crash the file may have been moved already. */
  private async contentOf(id: string): Promise<Content> {
    const path = this.store.pathOf(id);
    if (await isThere(path)) {
      return {
        sha256: await hashed(createReadStream(path, { highWaterMark: 256 * 1024 })),
        bytes: (await stat(path)).size,
      };
    }
    const [bytes, source] = [await this.blobs.sizeOf(sourceKey(id)), await this.blobs.read(sourceKey(id))];
    if (!source || bytes === undefined) throw new DomainError('storage-failed', `The bytes of upload ${id} are gone.`);
    return { sha256: await hashed(source), bytes };
  }

  /** In the store for good before anything says so. */
  private async moveToStore(id: string, content: Content): Promise<void> {
    const path = this.store.pathOf(id);
    if (!(await isThere(path))) return;
    await this.blobs.putAll(SOURCES, [{ name: id, path, content }]);
    await rm(path, { force: true });
  }

  private async forget(id: string): Promise<void> {
    await rm(this.store.pathOf(id), { force: true });
    await this.blobs.remove(sourceKey(id));
  }

  private makeEdition(id: string, sha256: string): Promise<Job | null> {
    return this.database.transaction(async (tx) => {
      if (!(await insertEdition(tx, id, sha256))) return null;
      return tx.save(Job, tx.create(Job, { id: uuidv7(), editionId: id, kind: 'probe', generation: 1, fence: 0 }));
    });
  }

  /** Nobody waits for this: the row is the truth, and should the queue be away, the reconciler wakes a worker later. */
  private async wake({ id, generation, fence }: Job): Promise<void> {
    try {
      await this.jobs.send(ProbeEdition, queueIdOf({ id, generation, fence }), { jobId: id });
    } catch (error) {
      this.logger.warn(`The queue did not take job ${id}: ${String(error)}`);
    }
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** @throws {DomainError} `storage-failed` */
const hashed = (content: Readable): Promise<string> =>
  sha256Of(content).catch((cause: unknown) => Promise.reject(diskFailure(cause)));
