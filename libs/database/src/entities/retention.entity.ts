import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { Unit } from './unit.entity.js';

/** How long the ledger keeps the detail of what was watched below a unit; the longest above a site counts, without any it stays. */
@Entity('retention')
export class Retention {
  @PrimaryColumn('uuid')
  unitId!: string;

  @OneToOne(() => Unit, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'unit_id' })
  unit?: Unit;

  /** Null: for ever, whatever is set above. */
  @Column('integer', { nullable: true })
  months!: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  setAt!: Date;
}
