import { Course, Lecture } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority, type LibraryScope } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import type { Picker } from './library.queries.js';

/** What of the catalogue a caller sees, has picked and may change. */
@Injectable()
export class CatalogueAccess {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  scopeOf(caller: Caller): Promise<LibraryScope> {
    return this.authority.libraryScope(caller);
  }

  pickerOf(caller: Caller): Picker {
    const learnerId = caller.kind === 'person' ? (caller.learnerId ?? null) : null;
    return { learnerId, siteIds: this.authority.sitesOf(caller) };
  }

  /** The course, when the caller keeps its library. @throws {DomainError} `not-found`, `forbidden` */
  async ownCourse(id: string, caller: Caller): Promise<Course> {
    const course = await this.database.manager.findOneBy(Course, { id });
    if (!course) throw new DomainError('not-found', `There is no course ${id}.`);
    await this.authority.require(caller, ['librarian'], { unitId: course.unitId });
    return course;
  }

  /** The lecture, when the caller keeps its library. @throws {DomainError} `not-found`, `forbidden` */
  async ownLecture(id: string, caller: Caller): Promise<Lecture> {
    const lecture = await this.database.manager.findOneBy(Lecture, { id });
    if (!lecture) throw new DomainError('not-found', `There is no lecture ${id}.`);
    await this.ownCourse(lecture.courseId, caller);
    return lecture;
  }
}
