import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Course } from './course.entity.js';
import { Learner } from './learner.entity.js';
import { Lecture } from './lecture.entity.js';
import { Site } from './site.entity.js';

/** A course or lecture that a learner or a site has picked for itself, à la carte. */
@Entity('selection')
@Unique(['learnerId', 'siteId', 'courseId', 'lectureId'])
@Index(['siteId'])
@Check('selection_picker_check', '(learner_id IS NULL) <> (site_id IS NULL)')
@Check('selection_picked_check', '(course_id IS NULL) <> (lecture_id IS NULL)')
export class Selection {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { nullable: true })
  learnerId!: string | null;

  @ManyToOne(() => Learner, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'learner_id' })
  learner?: Learner;

  @Column('uuid', { nullable: true })
  siteId!: string | null;

  @ManyToOne(() => Site, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'site_id' })
  site?: Site;

  @Column('uuid', { nullable: true })
  courseId!: string | null;

  @ManyToOne(() => Course, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'course_id' })
  course?: Course;

  @Column('uuid', { nullable: true })
  lectureId!: string | null;

  @ManyToOne(() => Lecture, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lecture_id' })
  lecture?: Lecture;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
