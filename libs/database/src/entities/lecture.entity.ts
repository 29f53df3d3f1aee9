import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Category } from './category.entity.js';
import { Course } from './course.entity.js';

/** One recorded lecture of a course. */
@Entity('lecture')
@Unique(['courseId', 'position'])
@Index('lecture_title_idx', ['title', 'id'])
@Index('lecture_title_pieces_idx', { synchronize: false })
export class Lecture {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  courseId!: string;

  @ManyToOne(() => Course, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'course_id' })
  course?: Course;

  @Column('integer')
  position!: number;

  @Column({ type: 'text', collation: 'zh-x-icu' })
  title!: string;

  @Column('text', { default: '' })
  description!: string;

  @Column('uuid', { nullable: true })
  categoryId!: string | null;

  @ManyToOne(() => Category, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'category_id' })
  category?: Category;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
