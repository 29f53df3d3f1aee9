import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from './authority.js';
import type { Caller } from './caller.js';

/** Who may see a lecture, and who may change what belongs to it. */
@Injectable()
export class LectureAccess {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  /** @throws {DomainError} `not-found` unless the lecture stands in a library that the caller sees. */
  async requireSight(caller: Caller, lectureId: string): Promise<void> {
    const unitId = await this.unitOf(lectureId);
    if (!(await this.authority.seesLibrary(caller, unitId))) throw notFound();
  }

  /** @throws {DomainError} `not-found` when there is no such lecture, `forbidden` unless the caller is its librarian. */
  async requireLibrarian(caller: Caller, lectureId: string): Promise<void> {
    await this.authority.require(caller, ['librarian'], { unitId: await this.unitOf(lectureId) });
  }

  private async unitOf(lectureId: string): Promise<string> {
    const [row] = await this.database.query<{ unit_id: string }[]>(
      `SELECT course.unit_id FROM lecture JOIN course ON course.id = lecture.course_id WHERE lecture.id = $1`,
      [lectureId],
    );
    if (!row) throw notFound();
    return row.unit_id;
  }
}

const notFound = () => new DomainError('not-found', 'There is no such lecture, or you may not see it.');
