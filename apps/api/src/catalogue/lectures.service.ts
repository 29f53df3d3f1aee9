import type { ChangeLecture, CreateLecture, LectureQuery, LectureView, Page } from '#libs/contracts';
import { Lecture } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../http/caller.js';
import { pageOfRows } from '../http/paging.js';
import type { Language } from '../http/problem.js';
import { CatalogueAccess } from './catalogue-access.service.js';
import { lectureViewOf } from './lecture-view.js';
import { findLecture, type LectureRow, listLectures } from './lectures.queries.js';
import { lockOrder, setOrder } from './order.queries.js';
import { moved } from './order.js';
import { Posters } from './posters.js';
import { RemovalService } from './removal.service.js';

/** The lectures of the libraries that a caller sees. */
@Injectable()
export class LecturesService {
  constructor(
    private readonly database: DataSource,
    private readonly access: CatalogueAccess,
    private readonly posters: Posters,
    private readonly removal: RemovalService,
  ) {}

  async list(query: LectureQuery, caller: Caller, language: Language): Promise<Page<LectureView>> {
    const scope = await this.access.scopeOf(caller);
    const rows = await listLectures(this.database.manager, scope, this.access.pickerOf(caller), query);
    const page = pageOfRows(
      rows,
      query.limit,
      ({ title, position, id }) => [query.courseId ? String(position) : title, id],
      (row) => this.viewOf(row, language),
    );
    return { items: await Promise.all(page.items), next: page.next };
  }

  /** @throws {DomainError} `not-found` for a lecture that the caller does not see, too. */
  async find(id: string, caller: Caller, language: Language): Promise<LectureView> {
    const scope = await this.access.scopeOf(caller);
    const row = await findLecture(this.database.manager, scope, this.access.pickerOf(caller), id);
    if (!row) throw new DomainError('not-found', `There is no lecture ${id}.`);
    return this.viewOf(row, language);
  }

  /** Comes last in its course. */
  async create(lecture: CreateLecture, caller: Caller, language: Language): Promise<LectureView> {
    await this.access.ownCourse(lecture.courseId, caller);
    const id = uuidv7();
    await this.database.transaction(async (tx) => {
      const last = (await lockOrder(tx, lecture.courseId)).at(-1);
      await tx.insert(Lecture, { id, ...lecture, position: (last?.position ?? -1) + 1 });
    });
    return this.find(id, caller, language);
  }

  async change(id: string, change: ChangeLecture, caller: Caller, language: Language): Promise<LectureView> {
    const { courseId } = await this.access.ownLecture(id, caller);
    const { position, ...fields } = change;
    await this.database.transaction(async (tx) => {
      if (Object.keys(fields).length > 0) await tx.update(Lecture, id, fields);
      if (position === undefined) return;
      const ids = (await lockOrder(tx, courseId)).map((lecture) => lecture.id);
      await setOrder(tx, courseId, moved(ids, id, position));
    });
    return this.find(id, caller, language);
  }

  /** @throws {DomainError} `conflict` when it has been watched. */
  async remove(id: string, caller: Caller): Promise<void> {
    await this.removal.removeLecture(await this.access.ownLecture(id, caller));
  }

  private async viewOf(row: LectureRow, language: Language): Promise<LectureView> {
    const { poster, ...lecture } = row;
    return lectureViewOf(lecture, await this.posters.urlOf(poster), language);
  }
}
