import type { CategoryView, CreateCategory } from '#libs/contracts';
import { Category } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { includeRoot } from './categories.queries.js';

/** The two tiers of categories, the same for the whole house. */
@Injectable()
export class CategoriesService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  async list(): Promise<{ items: CategoryView[]; next: null }> {
    const categories = await this.database.manager.find(Category, { order: { nameZh: 'ASC', id: 'ASC' } });
    return { items: categories.map(categoryViewOf), next: null };
  }

  /** @throws {DomainError} `forbidden` unless the caller works at the root; `invalid-request` for a third tier. */
  async create(category: CreateCategory, caller: Caller): Promise<CategoryView> {
    const unitIds = this.authority.unitsOfRoles(caller, ['admin', 'librarian']);
    if (!(await includeRoot(this.database.manager, unitIds))) {
      throw new DomainError('forbidden', 'Categories are kept at the root of the organisation.');
    }
    const db = this.database.manager;
    const parent = category.parentId ? await db.findOneByOrFail(Category, { id: category.parentId }) : null;
    if (parent?.parentId) throw new DomainError('invalid-request', 'Categories have two tiers.');
    const id = uuidv7();
    await db.insert(Category, { id, ...category });
    return categoryViewOf(await db.findOneByOrFail(Category, { id }));
  }
}

const categoryViewOf = ({ id, parentId, nameEn, nameZh }: Category): CategoryView => ({ id, parentId, nameEn, nameZh });
