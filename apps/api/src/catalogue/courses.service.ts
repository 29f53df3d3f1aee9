import type { ChangeCourse, CourseQuery, CourseView, CreateCourse, Page } from '#libs/contracts';
import { Course } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { pageOfRows } from '../http/paging.js';
import { CatalogueAccess } from './catalogue-access.service.js';
import { type CourseRow, findCourse, listCourses } from './courses.queries.js';
import { Posters } from './posters.js';
import { RemovalService } from './removal.service.js';

/** The courses of the libraries that a caller sees. */
@Injectable()
export class CoursesService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly access: CatalogueAccess,
    private readonly posters: Posters,
    private readonly removal: RemovalService,
  ) {}

  async list(query: CourseQuery, caller: Caller): Promise<Page<CourseView>> {
    const scope = await this.access.scopeOf(caller);
    const rows = await listCourses(this.database.manager, scope, this.access.pickerOf(caller), query);
    const page = pageOfRows(
      rows,
      query.limit,
      ({ title, id }) => [title, id],
      (row) => this.viewOf(row),
    );
    return { items: await Promise.all(page.items), next: page.next };
  }

  /** @throws {DomainError} `not-found` for a course that the caller does not see, too. */
  async find(id: string, caller: Caller): Promise<CourseView> {
    const scope = await this.access.scopeOf(caller);
    const row = await findCourse(this.database.manager, scope, this.access.pickerOf(caller), id);
    if (!row) throw new DomainError('not-found', `There is no course ${id}.`);
    return this.viewOf(row);
  }

  async create(course: CreateCourse, caller: Caller): Promise<CourseView> {
    await this.authority.require(caller, ['librarian'], { unitId: course.unitId });
    const id = uuidv7();
    await this.database.manager.insert(Course, { id, ...course });
    return this.find(id, caller);
  }

  async change(id: string, change: ChangeCourse, caller: Caller): Promise<CourseView> {
    const course = await this.access.ownCourse(id, caller);
    await this.database.manager.update(Course, course.id, change);
    return this.find(id, caller);
  }

  /** @throws {DomainError} `conflict` when one of its lectures has been watched. */
  async remove(id: string, caller: Caller): Promise<void> {
    await this.removal.removeCourse(await this.access.ownCourse(id, caller));
  }

  private async viewOf(row: CourseRow): Promise<CourseView> {
    const { poster, ...course } = row;
    return { ...course, posterUrl: await this.posters.urlOf(poster) };
  }
}
