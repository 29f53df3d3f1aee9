import { ProbeEdition, queueIdOf } from '#libs/contracts';
import { Job } from '#libs/database';
import { DomainError } from '#libs/domain';
import { JobSender } from '#libs/queue';
import { BlobStore, sourceKey } from '#libs/storage';
import { Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
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

  private sourceOf(id: string): string {
    return this.blobs.pathOf(sourceKey(id));
  }

  private async verifyAndKeep(id: string, announced: string | null): Promise<void> {
    await this.moveToSources(id);
    const sha256 = await sha256Of(this.sourceOf(id));
    if (announced !== null && announced !== sha256) {
      const detail = `The file's SHA-256 is ${sha256}, announced was ${announced}.`;
      await refuseUpload(this.database.manager, id, 'digest-mismatch', detail);
      await rm(this.sourceOf(id), { force: true });
      throw new DomainError('digest-mismatch', detail);
    }
    const job = await this.makeEdition(id, sha256);
    if (job) void this.wake(job);
    else await rm(this.sourceOf(id), { force: true });
  }

  /** On disk for good before anything says so. After a crash the file may have been moved already. */
  private async moveToSources(id: string): Promise<void> {
    const [from, to] = [this.store.pathOf(id), this.sourceOf(id)];
    await mkdir(dirname(to), { recursive: true });
    if (await isThere(from)) {
      await sync(from);
      await rename(from, to);
    }
    await sync(dirname(to));
  }

  private makeEdition(id: string, sha256: string): Promise<Job | null> {
    return this.database.transaction(async (tx) => {
      if (!(await insertEdition(tx, id, sha256))) return null;
      return tx.save(Job, tx.create(Job, { id: uuidv7(), editionId: id, kind: 'probe', generation: 1, attempts: 0 }));
    });
  }

  /** Nobody waits for this: the row is the truth, and should the queue be away, the reconciler wakes a worker later. */
  private async wake({ id, generation, attempts }: Job): Promise<void> {
    try {
      await this.jobs.send(ProbeEdition, queueIdOf({ id, generation, attempts }), { jobId: id, generation });
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

/** fsync of a file, or of a folder, which makes the names in it last. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 256 * 1024 }), hash);
  return hash.digest('hex');
}
