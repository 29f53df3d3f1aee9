import { z } from 'zod';
import { PageQuery, pageOf } from './paging.js';

const title = z.string().trim().min(1).max(300);
const description = z.string().max(10_000);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

export const CategoryView = z.object({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  nameEn: z.string(),
  nameZh: z.string(),
});
export type CategoryView = z.output<typeof CategoryView>;
/** All categories of both tiers: a few dozen. */
export const CategoryList = z.object({ items: z.array(CategoryView), next: z.null() });
export const CreateCategory = z.object({ nameEn: title, nameZh: title, parentId: z.uuid().optional() });
export type CreateCategory = z.output<typeof CreateCategory>;

export const CourseView = z.object({
  id: z.uuid(),
  unitId: z.uuid(),
  unitName: z.string(),
  title: z.string(),
  description: z.string(),
  form: z.enum(['series', 'feature']),
  language: z.string(),
  categoryId: z.uuid().nullable(),
  lectureCount: z.number().int(),
  /** Of a lecture that can be watched; relative URL with its token, or null. */
  posterUrl: z.string().nullable(),
  /** Whether the caller (learner, or site of the device or operator) has picked it. */
  selected: z.boolean(),
});
export type CourseView = z.output<typeof CourseView>;
/** `categoryId` of the first tier takes in those under it; `unitId`: the library of that unit alone; `selected=true`: what the caller has picked. */
export const CourseQuery = PageQuery.extend({
  q: z.string().max(100).optional(),
  categoryId: z.uuid().optional(),
  unitId: z.uuid().optional(),
  selected: z.stringbool().optional(),
});
export type CourseQuery = z.output<typeof CourseQuery>;
export const CoursePage = pageOf(CourseView);
export const CreateCourse = z.object({
  unitId: z.uuid(),
  title,
  description: description.default(''),
  form: z.enum(['series', 'feature']).default('series'),
  language: language.default('zh-CN'),
  categoryId: z.uuid().optional(),
});
export type CreateCourse = z.output<typeof CreateCourse>;
export const ChangeCourse = z
  .object({ title, description, language, categoryId: z.uuid().nullable() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'changes nothing');
export type ChangeCourse = z.output<typeof ChangeCourse>;

export const lectureStates = ['empty', 'uploading', 'encoding', 'ready', 'failed'] as const;
/** `state`, `progress` and `failure` are of the newest edition; `watchable` and `durationMs` of the live one. */
export const LectureView = z.object({
  id: z.uuid(),
  courseId: z.uuid(),
  courseTitle: z.string(),
  unitId: z.uuid(),
  position: z.number().int(),
  title: z.string(),
  description: z.string(),
  categoryId: z.uuid().nullable(),
  language: z.string(),
  state: z.enum(lectureStates),
  watchable: z.boolean(),
  /** 0..1 */
  progress: z.number(),
  durationMs: z.number().int().nullable(),
  editionId: z.uuid().nullable(),
  posterUrl: z.string().nullable(),
  selected: z.boolean(),
  failure: z.object({ code: z.string(), title: z.string(), detail: z.string() }).optional(),
});
export type LectureView = z.output<typeof LectureView>;
export const LectureQuery = PageQuery.extend({
  q: z.string().max(100).optional(),
  courseId: z.uuid().optional(),
  categoryId: z.uuid().optional(),
  state: z.enum(lectureStates).optional(),
  selected: z.stringbool().optional(),
});
export type LectureQuery = z.output<typeof LectureQuery>;
export const LecturePage = pageOf(LectureView);
export const CreateLecture = z.object({
  courseId: z.uuid(),
  title,
  description: description.default(''),
  categoryId: z.uuid().optional(),
});
export type CreateLecture = z.output<typeof CreateLecture>;
export const ChangeLecture = z
  .object({ title, description, categoryId: z.uuid().nullable(), position: z.number().int().min(0) })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'changes nothing');
export type ChangeLecture = z.output<typeof ChangeLecture>;

/** Picks a course or a lecture, for oneself as a learner, or for the site (operator, or the device itself). */
export const CreateSelection = z.union([
  z.strictObject({ courseId: z.uuid(), siteId: z.uuid().optional() }),
  z.strictObject({ lectureId: z.uuid(), siteId: z.uuid().optional() }),
]);
export type CreateSelection = z.output<typeof CreateSelection>;
export const SelectionView = z.object({
  id: z.uuid(),
  courseId: z.uuid().nullable(),
  lectureId: z.uuid().nullable(),
  siteId: z.uuid().nullable(),
  learnerId: z.uuid().nullable(),
  title: z.string(),
  createdAt: z.iso.datetime(),
});
export type SelectionView = z.output<typeof SelectionView>;
export const SelectionPage = pageOf(SelectionView);

/** Bytes of one lecture that is whole, by what of it may be kept: `besideBytes` (pictures to seek by, captions) goes along with all. */
export const LectureSizes = z.object({
  lectureId: z.uuid(),
  besideBytes: z.number().int(),
  soundBytes: z.number().int(),
  /** By the lines of the picture's shorter side, best first. */
  pictures: z.array(z.object({ lines: z.number().int(), bytes: z.number().int() })),
});
export type LectureSizes = z.output<typeof LectureSizes>;

export const LectureSizesList = z.object({ items: z.array(LectureSizes), next: z.null() });
export type LectureSizesList = z.output<typeof LectureSizesList>;
