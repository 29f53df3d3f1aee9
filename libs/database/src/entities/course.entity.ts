import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Category } from './category.entity.js';
import { Unit } from './unit.entity.js';

export type CourseForm = 'series' | 'feature';

/** An ordered list of lectures in the library of a unit; visible in the whole subtree of that unit. */
@Entity('course')
@Index(['unitId'])
@Index(['categoryId'])
@Index('course_title_idx', ['title', 'id'])
@Index('course_title_pieces_idx', { synchronize: false })
export class Course {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  unitId!: string;

  @ManyToOne(() => Unit, { nullable: false })
  @JoinColumn({ name: 'unit_id' })
  unit?: Unit;

  @Column({ type: 'text', collation: 'zh-x-icu' })
  title!: string;

  @Column('text', { default: '' })
  description!: string;

  @Column('text', { default: 'series' })
  form!: CourseForm;

  /** What is spoken in it, RFC 5646. */
  @Column('text', { default: 'zh-CN' })
  language!: string;

  @Column('uuid', { nullable: true })
  categoryId!: string | null;

  @ManyToOne(() => Category, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'category_id' })
  category?: Category;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
