import { Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Unit } from './unit.entity.js';

/** Who stands above whom in the tree of today, oneself included. Kept by triggers on `unit` and `unit_parent`: only read it. */
@Entity('unit_above')
@Index('unit_above_above_id_idx', ['aboveId', 'unitId'])
export class UnitAbove {
  @PrimaryColumn('uuid')
  unitId!: string;

  @ManyToOne(() => Unit, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'unit_id' })
  unit?: Unit;

  @PrimaryColumn('uuid')
  aboveId!: string;

  @ManyToOne(() => Unit, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'above_id' })
  above?: Unit;
}
