import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Unit } from './unit.entity.js';

/** The parent of a unit with the dates it was the parent: totals can be rolled up for the tree of any date. */
@Entity('unit_parent')
@Index(['parentId'])
@Index('unit_parent_now_idx', ['unitId'], { unique: true, where: 'to_date IS NULL' })
export class UnitParent {
  @PrimaryColumn('uuid')
  unitId!: string;

  @ManyToOne(() => Unit, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'unit_id' })
  unit?: Unit;

  @PrimaryColumn('date')
  fromDate!: string;

  @Column('uuid')
  parentId!: string;

  @ManyToOne(() => Unit, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'parent_id' })
  parent?: Unit;

  /** The first day on which it no longer was; null while it is. */
  @Column('date', { nullable: true })
  toDate!: string | null;
}
