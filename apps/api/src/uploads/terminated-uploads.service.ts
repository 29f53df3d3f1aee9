import { Edition, Upload } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { rm } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { TusService } from './tus.service.js';
import { UploadStore } from './upload-store.js';
import { expireUploads } from './uploads.queries.js';

/** Ends uploads before their time: by their owner's wish, or because nobody came back for them. */
@Injectable()
export class TerminatedUploads {
  constructor(
    private readonly database: DataSource,
    private readonly store: UploadStore,
    private readonly tus: TusService,
  ) {}

  /**
   * Frees an upload's bytes. Of a finished one only the upload goes; the edition made of it is the lecture's.
   *
   * @throws {DomainError} `conflict` while the file is being verified or encoded.
   */
  async terminate({ id, state }: Upload): Promise<void> {
    if (state === 'receiving') {
      await this.tus.answer({ method: 'DELETE', id, headers: {} });
      return;
    }
    const encoding = await this.database.manager.existsBy(Edition, { uploadId: id, state: 'encoding' });
    if (encoding || state === 'verifying') {
      throw new DomainError('conflict', 'The lecture is being made from this upload.');
    }
    await this.database.manager.delete(Upload, { id, state });
  }

  /** Should a crash fall between the row and the file, the file is swept as a stray. */
  async sweepExpired(): Promise<void> {
    for (const id of await expireUploads(this.database.manager)) await rm(this.store.pathOf(id), { force: true });
  }
}
