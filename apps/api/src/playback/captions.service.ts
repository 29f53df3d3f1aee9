import type { CaptionView } from '#libs/contracts';
import { Caption, Edition } from '#libs/database';
import { captionDocument, DomainError } from '#libs/domain';
import { BlobStore, editionFolder } from '#libs/storage';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../http/caller.js';
import { LectureAccess } from '../http/lecture-access.js';

export interface NewCaptions {
  /** BCP 47 */
  readonly language: string;
  readonly label: string;
  readonly contentType: string | undefined;
  readonly text: unknown;
}

/** Captions belong to an edition: their times are those of its picture. */
@Injectable()
export class CaptionsService implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly database: DataSource,
    private readonly lectures: LectureAccess,
    private readonly blobs: BlobStore,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser('text/vtt', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  }

  async list(caller: Caller, lectureId: string): Promise<{ items: CaptionView[]; next: null }> {
    await this.lectures.requireSight(caller, lectureId);
    const edition = await this.captionedEdition(lectureId);
    const order = { language: 'ASC' } as const;
    const captions = edition
      ? await this.database.manager.find(Caption, { where: { editionId: edition.id }, order })
      : [];
    return { items: captions.map(({ language, label, bytes }) => ({ language, label, bytes })), next: null };
  }

  /** @throws {DomainError} `captions-invalid`, `not-watchable` while there is no edition to caption. */
  async put(
    caller: Caller,
    lectureId: string,
    { language, label, contentType = '', text }: NewCaptions,
  ): Promise<CaptionView> {
    await this.lectures.requireLibrarian(caller, lectureId);
    const edition = await this.captionedEdition(lectureId);
    if (!edition) throw new DomainError('not-watchable', 'There is no edition to caption yet.');
    if (typeof text !== 'string' || !/^text\/vtt\b/i.test(contentType)) {
      throw new DomainError('unsupported-media-type', 'Captions are text/vtt.');
    }
    const document = Buffer.from(captionDocument(text));
    await this.database.transaction(async (tx) => {
      // The sweep of the worker, which removes blobs that nothing names, waits until the row names this one.
      await tx.query(`SELECT FROM edition WHERE id = $1 FOR SHARE`, [edition.id]);
      const sha256 = await this.keep(edition.id, document);
      const values = { label, sha256, bytes: document.length };
      await tx.upsert(
        Caption,
        { id: uuidv7(), editionId: edition.id, language, ...values },
        { conflictPaths: ['editionId', 'language'], skipUpdateIfNoValuesChanged: true },
      );
    });
    return { language, label, bytes: document.length };
  }

  async remove(caller: Caller, lectureId: string, language: string): Promise<void> {
    await this.lectures.requireLibrarian(caller, lectureId);
    const edition = await this.captionedEdition(lectureId);
    if (edition) await this.database.manager.delete(Caption, { editionId: edition.id, language });
  }

  /** The one that is watched, or the newest while none is. */
  private captionedEdition(lectureId: string): Promise<Edition | null> {
    return this.database.manager.findOne(Edition, { where: { lectureId }, order: { live: 'DESC', number: 'DESC' } });
  }

  private async keep(editionId: string, document: Buffer): Promise<string> {
    const sha256 = createHash('sha256').update(document).digest('hex');
    const scratch = `captions-${uuidv7()}`;
    const path = join(await this.blobs.scratch.make(scratch), 'captions.vtt');
    try {
      await writeFile(path, document);
      await this.blobs.putAll(editionFolder(editionId), [{ name: `${sha256}.vtt`, path }]);
    } finally {
      await this.blobs.scratch.remove(scratch);
    }
    return sha256;
  }
}
