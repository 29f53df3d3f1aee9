import { ChangeLecture, CreateLecture, LecturePage, LectureQuery, LectureView, type Page } from '#libs/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { type Language, LanguageOf } from '../http/language.js';
import { LecturesService } from './lectures.service.js';

@ApiTags('Catalogue')
@Controller('lectures')
export class LecturesController {
  constructor(private readonly lectures: LecturesService) {}

  @Get()
  @ApiOperation({ summary: 'Lists the lectures that the caller sees: of a course in its order, else by title' })
  @ApiOkResponse({ standardSchema: LecturePage })
  list(
    @Query({ schema: LectureQuery }) query: LectureQuery,
    @CallerOf() caller: Caller,
    @LanguageOf() language: Language,
  ): Promise<Page<LectureView>> {
    return this.lectures.list(query, caller, language);
  }

  @Post()
  @ApiOperation({ summary: 'Adds a lecture at the end of a course' })
  @ApiCreatedResponse({ standardSchema: LectureView })
  create(
    @Body({ schema: CreateLecture }) lecture: CreateLecture,
    @CallerOf() caller: Caller,
    @LanguageOf() language: Language,
  ): Promise<LectureView> {
    return this.lectures.create(lecture, caller, language);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Gives one lecture: its state and, when it has failed, why' })
  @ApiOkResponse({ standardSchema: LectureView })
  find(
    @Param('id', { schema: Id }) id: string,
    @CallerOf() caller: Caller,
    @LanguageOf() language: Language,
  ): Promise<LectureView> {
    return this.lectures.find(id, caller, language);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Changes what is given of a lecture; a new position moves it within its course' })
  @ApiOkResponse({ standardSchema: LectureView })
  change(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ChangeLecture }) change: ChangeLecture,
    @CallerOf() caller: Caller,
    @LanguageOf() language: Language,
  ): Promise<LectureView> {
    return this.lectures.change(id, change, caller, language);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Deletes a lecture with its media, unless it has been watched' })
  @ApiNoContentResponse()
  remove(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<void> {
    return this.lectures.remove(id, caller);
  }
}
