import { CategoryList, CategoryView, CreateCategory } from '#libs/contracts';
import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { CategoriesService } from './categories.service.js';

@ApiTags('Catalogue')
@Controller('categories')
export class CategoriesController {
  constructor(private readonly categories: CategoriesService) {}

  @Get()
  @ApiOperation({ summary: 'Lists the categories of both tiers' })
  @ApiOkResponse({ standardSchema: CategoryList })
  list(): Promise<{ items: CategoryView[]; next: null }> {
    return this.categories.list();
  }

  @Post()
  @ApiOperation({ summary: 'Adds a category' })
  @ApiCreatedResponse({ standardSchema: CategoryView })
  create(
    @Body({ schema: CreateCategory }) category: CreateCategory,
    @CallerOf() caller: Caller,
  ): Promise<CategoryView> {
    return this.categories.create(category, caller);
  }
}
