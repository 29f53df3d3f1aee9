import type { LectureSizesList } from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { CoursesService } from './courses.service.js';
import { sizesOf } from './sizes.queries.js';

/** Tells what a course would take on a device, before anything is fetched. */
@Injectable()
export class SizesService {
  constructor(
    private readonly database: DataSource,
    private readonly courses: CoursesService,
  ) {}

  /** @throws {DomainError} `not-found` unless the caller sees the course */
  async ofCourse(courseId: string, caller: Caller): Promise<LectureSizesList> {
    await this.courses.find(courseId, caller);
    return { items: await sizesOf(this.database.manager, courseId), next: null };
  }
}
