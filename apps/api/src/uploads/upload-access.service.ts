import type { ApiConfig } from '#libs/config';
import { Upload } from '#libs/database';
import { DomainError, errorCodes } from '#libs/domain';
import { Inject, Injectable } from '@nestjs/common';
import { stat } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { v7 as uuidv7, validate } from 'uuid';
import type { Caller } from '../http/caller.js';
import { CONFIG } from '../http/config.js';
import { LectureAccess } from '../http/lecture-access.js';
import type { Announcement } from './tus-headers.js';
import { UploadStore } from './upload-store.js';

/** Whose upload it is, and what state it is in. */
@Injectable()
export class UploadAccess {
  constructor(
    private readonly database: DataSource,
    private readonly lectures: LectureAccess,
    private readonly store: UploadStore,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /** @throws {DomainError} `not-found`, `forbidden`, `too-large` when the caller may not bring this to the lecture. */
  async requireWelcome(caller: Caller, { lectureId, bytes }: Announcement): Promise<void> {
    await this.lectures.requireLibrarian(caller, lectureId);
    if (bytes !== null && bytes > this.config.uploadMaxBytes) {
      throw new DomainError('too-large', `A file may have ${this.config.uploadMaxBytes} bytes at most.`);
    }
  }

  /** Notes a new upload; its bytes may follow. */
  async open(caller: Caller, { lectureId, fileName, bytes, sha256, metadata }: Announcement): Promise<string> {
    if (caller.kind !== 'person') throw new DomainError('forbidden', 'Only people upload.');
    const id = uuidv7();
    await this.database.manager.insert(Upload, {
      id,
      accountId: caller.id,
      lectureId,
      fileName,
      metadata,
      bytes: bytes === null ? null : String(bytes),
      sha256,
      expiresAt: new Date(Date.now() + this.config.uploadExpiryMs),
    });
    return id;
  }

  /** An upload that never came to be leaves nothing. */
  async forget(id: string): Promise<void> {
    await this.database.manager.delete(Upload, { id });
    await this.store.remove(id).catch(() => undefined);
  }

  /** @throws {DomainError} `not-found` unless it is the caller's own, `forbidden` when they are librarian there no more. */
  async own(caller: Caller, id: string): Promise<Upload> {
    const accountId = caller.kind === 'person' ? caller.id : undefined;
    const upload = accountId && validate(id) ? await this.database.manager.findOneBy(Upload, { id, accountId }) : null;
    if (!upload) throw new DomainError('not-found', 'There is no such upload of yours.');
    await this.lectures.requireLibrarian(caller, upload.lectureId);
    return upload;
  }

  /** Bytes of it that are here. */
  async received({ id, state, bytes }: Upload): Promise<number> {
    if (state !== 'receiving') return state === 'refused' ? 0 : Number(bytes);
    return stat(this.store.pathOf(id)).then(
      ({ size }) => size,
      () => 0,
    );
  }
}

/** @throws {DomainError} why the upload can no longer be asked about: refused, or left alone for too long. */
export function assertUsable({ state, failureCode, failureDetail, expiresAt }: Upload): void {
  const code = errorCodes.find((known) => known === failureCode);
  if (state === 'refused') throw new DomainError(code ?? 'upload-expired', failureDetail ?? '');
  if (state === 'receiving' && expiresAt.getTime() < Date.now()) {
    throw new DomainError('upload-expired', 'This upload was left alone for too long.');
  }
}
