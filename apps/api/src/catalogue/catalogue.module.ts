import { Module } from '@nestjs/common';
import { CatalogueAccess } from './catalogue-access.service.js';
import { CategoriesController } from './categories.controller.js';
import { CategoriesService } from './categories.service.js';
import { CoursesController } from './courses.controller.js';
import { CoursesService } from './courses.service.js';
import { LecturesController } from './lectures.controller.js';
import { LecturesService } from './lectures.service.js';
import { Posters } from './posters.js';
import { RemovalService } from './removal.service.js';
import { SelectionsController } from './selections.controller.js';
import { SelectionsService } from './selections.service.js';
import { SizesService } from './sizes.service.js';

/** Categories, courses and lectures, and what people pick of them. */
@Module({
  controllers: [CategoriesController, CoursesController, LecturesController, SelectionsController],
  providers: [
    CatalogueAccess,
    CategoriesService,
    CoursesService,
    LecturesService,
    Posters,
    RemovalService,
    SelectionsService,
    SizesService,
  ],
})
export class CatalogueModule {}
