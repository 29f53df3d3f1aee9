import type { Page, UploadDigest, UploadQuery, UploadView } from '#libs/contracts';
import { Edition, Upload } from '#libs/database';
import { DomainError, errorCodes } from '#libs/domain';
import { BlobStore, editionFolder, sourceKey } from '#libs/storage';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import type { Language } from '../http/problem.js';
import { problemTexts } from '../http/problem.texts.js';
import { UploadAccess } from './upload-access.service.js';
import { UploadLocks } from './upload-locks.js';
import { failEdition, uploadsOf } from './uploads.queries.js';

const PATIENCE_MS = 5_000;

@Injectable()
export class UploadsService {
  constructor(
    private readonly database: DataSource,
    private readonly access: UploadAccess,
    private readonly locks: UploadLocks,
    private readonly blobs: BlobStore,
  ) {}

  /** The caller's own, newest first. */
  async list(caller: Caller, { limit, after, lectureId }: UploadQuery, language: Language): Promise<Page<UploadView>> {
    const [before = null] = keyOf(after, 1);
    const accountId = caller.kind === 'person' ? caller.id : '';
    const rows = await uploadsOf(this.database.manager, { accountId, lectureId, before, limit });
    const received = await Promise.all(rows.map((row) => this.access.received(row)));
    const views = rows.map((row, index) => viewOf(row, received[index] ?? 0, language));
    return pageOfRows(
      views,
      limit,
      ({ id }) => [id],
      (view) => view,
    );
  }

  /**
   * Takes the digest of a file that was announced without one.
   *
   * @throws {DomainError} `digest-mismatch` when the file is here already and is another one: its edition fails.
   *   `conflict` when the digest comes too late for that: another one was verified, or people have watched.
   */
  async announceDigest(caller: Caller, id: string, { sha256 }: UploadDigest): Promise<void> {
    const upload = await this.access.own(caller, id);
    await this.locks.during(id, PATIENCE_MS, async () => {
      const { affected } = await this.database.manager.update(Upload, { id, state: 'receiving' }, { sha256 });
      if (affected === 0) await this.compare(upload, sha256);
    });
  }

  private async compare({ id, sha256: verified }: Upload, sha256: string): Promise<void> {
    const edition = await this.database.manager.findOneBy(Edition, { uploadId: id });
    if (!edition) throw new DomainError('conflict', 'This upload has ended without a lecture.');
    if (edition.sourceSha256 === sha256) {
      await this.database.manager.update(Upload, { id }, { sha256 });
      return;
    }
    if (verified !== null) throw new DomainError('conflict', 'Another digest of this file was verified already.');
    const detail = `The file's SHA-256 is ${edition.sourceSha256}, announced was ${sha256}.`;
    const hasFailed = await this.database.transaction((tx) => failEdition(tx, edition, 'digest-mismatch', detail));
    if (!hasFailed) throw new DomainError('conflict', 'This lecture has been watched already.');
    for (const key of [sourceKey(edition.id), editionFolder(edition.id)]) await this.blobs.remove(key);
    throw new DomainError('digest-mismatch', detail);
  }
}

function viewOf(row: Upload, receivedBytes: number, language: Language): UploadView {
  const code = errorCodes.find((known) => known === row.failureCode);
  return {
    id: row.id,
    lectureId: row.lectureId,
    lectureTitle: row.lecture?.title ?? '',
    fileName: row.fileName,
    bytes: row.bytes === null ? null : Number(row.bytes),
    receivedBytes,
    sha256: row.sha256,
    state: row.state,
    ...(code ? { failure: { code, title: problemTexts[code][language], detail: row.failureDetail ?? '' } } : {}),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
