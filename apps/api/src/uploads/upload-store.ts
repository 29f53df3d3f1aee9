import type { ApiConfig } from '#libs/config';
import { Upload as UploadEntity } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Inject, Injectable } from '@nestjs/common';
import { FileStore } from '@tus/file-store';
import { type KvStore, Upload } from '@tus/server';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CONFIG } from '../http/config.js';

/** What the tus server knows of uploads stands in the table `upload`; the row is there before the file. */
class UploadRows implements KvStore {
  constructor(
    private readonly database: DataSource,
    private readonly expiryMs: number,
  ) {}

  /** The tus server counts an upload's days from its creation; ours begin anew with every byte, and end with the last. */
  async get(id: string): Promise<Upload | undefined> {
    const row = await this.database.manager.findOneBy(UploadEntity, { id });
    if (!row) return undefined;
    const since = row.state === 'receiving' ? row.expiresAt.getTime() - this.expiryMs : Date.now();
    return new Upload({
      id,
      offset: row.state === 'receiving' ? 0 : Number(row.bytes),
      ...(row.bytes === null ? {} : { size: Number(row.bytes) }),
      metadata: {},
      creation_date: new Date(since).toISOString(),
    });
  }

  async set(id: string, { size }: Upload): Promise<void> {
    await this.database.manager.update(UploadEntity, { id }, { bytes: size === undefined ? null : String(size) });
  }

  async delete(id: string): Promise<void> {
    await this.database.manager.delete(UploadEntity, { id });
  }

  async isReceiving(id: string): Promise<boolean> {
    return this.database.manager.existsBy(UploadEntity, { id, state: 'receiving' });
  }

  /** Keeps it for another while. */
  async touch(id: string): Promise<void> {
    await this.database.manager.update(UploadEntity, { id }, { expiresAt: new Date(Date.now() + this.expiryMs) });
  }
}

/** The bytes of uploads under way, in `uploads/` of the media folder, one file each. */
@Injectable()
export class UploadStore extends FileStore {
  private readonly rows: UploadRows;

  constructor(database: DataSource, @Inject(CONFIG) config: ApiConfig) {
    const directory = join(config.mediaRoot, 'uploads');
    const rows = new UploadRows(database, config.uploadExpiryMs);
    super({ directory, configstore: rows, expirationPeriodInMilliseconds: config.uploadExpiryMs });
    this.rows = rows;
  }

  pathOf(id: string): string {
    return join(this.directory, id);
  }

  /** Once it is whole, an upload's file is no longer here, but its length stands. */
  override async getUpload(id: string): Promise<Upload> {
    if (await this.rows.isReceiving(id)) return super.getUpload(id);
    return (await this.rows.get(id)) ?? super.getUpload(id);
  }

  /** @throws {DomainError} `storage-full` or `storage-failed` */
  override create(upload: Upload): Promise<Upload> {
    return super.create(upload).catch((cause: unknown) => Promise.reject(storageFailure(cause) as Error));
  }

  /** Keeps what it can of what comes. @throws {DomainError} `storage-full` or `storage-failed` */
  override async write(source: Readable, id: string, offset: number): Promise<number> {
    let written = offset;
    const counted = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        written += chunk.length;
        yield chunk;
      }
    };
    if (!(await this.rows.isReceiving(id))) return offset;
    try {
      await pipeline(source, counted, createWriteStream(this.pathOf(id), { flags: 'r+', start: offset }));
    } catch (error) {
      throw storageFailure(error);
    } finally {
      await this.rows.touch(id);
    }
    return written;
  }
}

const SystemError = z.object({ syscall: z.string(), code: z.string() });

/** The rule that an error of the file system breaks; any other error stays what it is. */
export function storageFailure(cause: unknown): unknown {
  const error = SystemError.safeParse(cause);
  if (!error.success) return cause;
  return ['ENOSPC', 'EDQUOT'].includes(error.data.code)
    ? new DomainError('storage-full', 'The server has no room left for this file.', { cause })
    : new DomainError('storage-failed', 'The server could not write this file.', { cause });
}
