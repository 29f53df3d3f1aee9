import { Course, Lecture } from '#libs/database';
import { DomainError } from '#libs/domain';
import { BlobStore, editionFolder, sourceKey } from '#libs/storage';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { editionsOf, wereWatched } from './removal.queries.js';

/** Takes lectures out of the catalogue together with their media, unless somebody's record stands on them. */
@Injectable()
export class RemovalService {
  private readonly logger = new Logger(RemovalService.name);

  constructor(
    private readonly database: DataSource,
    private readonly blobs: BlobStore,
  ) {}

  /** @throws {DomainError} `conflict` when it has been watched. */
  async removeLecture(lecture: Lecture): Promise<void> {
    await this.remove([lecture.id], (tx) => tx.delete(Lecture, { id: lecture.id }));
  }

  /** @throws {DomainError} `conflict` when one of its lectures has been watched. */
  async removeCourse(course: Course): Promise<void> {
    const lectures = await this.database.manager.findBy(Lecture, { courseId: course.id });
    const lectureIds = lectures.map(({ id }) => id);
    await this.remove(lectureIds, async (tx) => {
      await tx.delete(Lecture, { id: In(lectureIds) });
      await tx.delete(Course, { id: course.id });
    });
  }

  private async remove(lectureIds: string[], deleteRows: (tx: EntityManager) => Promise<unknown>): Promise<void> {
    const editionIds = await this.database.transaction(async (tx) => {
      const ids = await editionsOf(tx, lectureIds);
      if (await wereWatched(tx, ids)) {
        throw new DomainError('conflict', 'This has been watched; what people have learned from stays.');
      }
      await deleteRows(tx);
      return ids;
    });
    await Promise.all(editionIds.map((id) => this.removeMedia(id)));
  }

  /** The rows are gone: what of the media cannot be removed now takes up room, but nobody can reach it. */
  private async removeMedia(editionId: string): Promise<void> {
    try {
      await this.blobs.remove(editionFolder(editionId));
      await this.blobs.remove(sourceKey(editionId));
    } catch (error) {
      this.logger.error(`The media of edition ${editionId} could not be removed: ${String(error)}`);
    }
  }
}
