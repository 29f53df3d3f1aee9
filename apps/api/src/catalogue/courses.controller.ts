import {
  ChangeCourse,
  CoursePage,
  CourseQuery,
  CourseView,
  CreateCourse,
  LectureSizesList,
  type Page,
} from '#libs/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { CoursesService } from './courses.service.js';
import { SizesService } from './sizes.service.js';

@ApiTags('Catalogue')
@Controller('courses')
export class CoursesController {
  constructor(
    private readonly courses: CoursesService,
    private readonly sizes: SizesService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Lists the courses that the caller sees, by title' })
  @ApiOkResponse({ standardSchema: CoursePage })
  list(@Query({ schema: CourseQuery }) query: CourseQuery, @CallerOf() caller: Caller): Promise<Page<CourseView>> {
    return this.courses.list(query, caller);
  }

  @Post()
  @ApiOperation({ summary: 'Adds a course to the library of a unit' })
  @ApiCreatedResponse({ standardSchema: CourseView })
  create(@Body({ schema: CreateCourse }) course: CreateCourse, @CallerOf() caller: Caller): Promise<CourseView> {
    return this.courses.create(course, caller);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Gives one course' })
  @ApiOkResponse({ standardSchema: CourseView })
  find(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<CourseView> {
    return this.courses.find(id, caller);
  }

  @Get(':id/sizes')
  @ApiOperation({ summary: 'Tells what the lectures of a course would take on a device, by quality' })
  @ApiOkResponse({ standardSchema: LectureSizesList })
  sizesOf(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<LectureSizesList> {
    return this.sizes.ofCourse(id, caller);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Changes what is given of a course' })
  @ApiOkResponse({ standardSchema: CourseView })
  change(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ChangeCourse }) change: ChangeCourse,
    @CallerOf() caller: Caller,
  ): Promise<CourseView> {
    return this.courses.change(id, change, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Deletes a course with its lectures, unless one has been watched' })
  @ApiNoContentResponse()
  remove(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<void> {
    return this.courses.remove(id, caller);
  }
}
