import type { CreateSelection, Page, PageQuery, SelectionView } from '#libs/contracts';
import { Selection } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { pageOfRows } from '../http/paging.js';
import { CatalogueAccess } from './catalogue-access.service.js';
import { findCourse } from './courses.queries.js';
import { findLecture } from './lectures.queries.js';
import { listSelections, pick, type SelectionRow } from './selections.queries.js';

/** What learners and sites have picked for themselves, à la carte. */
@Injectable()
export class SelectionsService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly access: CatalogueAccess,
  ) {}

  async list(query: PageQuery, caller: Caller): Promise<Page<SelectionView>> {
    const rows = await listSelections(this.database.manager, this.access.pickerOf(caller), query);
    return pageOfRows(rows, query.limit, ({ id }) => [id], selectionViewOf);
  }

  /** @throws {DomainError} `not-found` for what the caller does not see; `forbidden` for a site that is not theirs. */
  async create(selection: CreateSelection, caller: Caller): Promise<SelectionView> {
    const picker = await this.pickerOf(selection.siteId, caller);
    const courseId = 'courseId' in selection ? selection.courseId : null;
    const lectureId = 'lectureId' in selection ? selection.lectureId : null;
    await this.requireVisible(courseId, lectureId, caller);
    return selectionViewOf(await pick(this.database.manager, uuidv7(), { ...picker, courseId, lectureId }));
  }

  /** @throws {DomainError} `not-found` for what somebody else has picked, too. */
  async remove(id: string, caller: Caller): Promise<void> {
    const selection = await this.database.manager.findOneBy(Selection, { id });
    if (!selection || !(await this.mayDrop(selection, caller))) {
      throw new DomainError('not-found', `There is no selection ${id}.`);
    }
    await this.database.manager.delete(Selection, { id });
  }

  /** A learner picks for themselves unless they name a site; a device and the operator of one site pick for it. */
  private async pickerOf(siteId: string | undefined, caller: Caller) {
    const { learnerId, siteIds } = this.access.pickerOf(caller);
    if (siteId === undefined && learnerId) return { learnerId, siteId: null };
    const chosen = siteId ?? (siteIds.length === 1 ? siteIds[0] : undefined);
    if (chosen === undefined) throw new DomainError('invalid-request', 'Name the site to pick for.');
    if (!(await this.standsAt(chosen, caller))) throw new DomainError('forbidden', 'You do not pick for this site.');
    return { learnerId: null, siteId: chosen };
  }

  private async standsAt(siteId: string, caller: Caller): Promise<boolean> {
    if (caller.kind === 'device') return caller.siteId === siteId;
    return this.authority.holds(caller, ['operator'], { siteId });
  }

  private mayDrop({ learnerId, siteId }: Selection, caller: Caller): Promise<boolean> {
    if (siteId) return this.standsAt(siteId, caller);
    return Promise.resolve(learnerId !== null && learnerId === this.access.pickerOf(caller).learnerId);
  }

  private async requireVisible(courseId: string | null, lectureId: string | null, caller: Caller): Promise<void> {
    const scope = await this.access.scopeOf(caller);
    const picker = this.access.pickerOf(caller);
    const db = this.database.manager;
    const seen = courseId
      ? await findCourse(db, scope, picker, courseId)
      : await findLecture(db, scope, picker, lectureId ?? '');
    if (!seen) throw new DomainError('not-found', 'What is picked does not exist.');
  }
}

const selectionViewOf = ({ createdAt, ...row }: SelectionRow): SelectionView => ({
  ...row,
  createdAt: createdAt.toISOString(),
});
