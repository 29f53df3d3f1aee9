import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Unit } from './unit.entity.js';

/** A terminal site: one screen, a roster, an operator, a link that is paid by the megabyte. */
@Entity('site')
@Index(['unitId'])
@Index('site_name_idx', ['name', 'id'])
@Index('site_name_pieces_idx', { synchronize: false })
export class Site {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  unitId!: string;

  @ManyToOne(() => Unit, { nullable: false })
  @JoinColumn({ name: 'unit_id' })
  unit?: Unit;

  @Column({ type: 'text', collation: 'zh-x-icu' })
  name!: string;

  @Column('integer', { default: 2000 })
  linkKbps!: number;

  @Column('integer', { nullable: true })
  linkMbPerMonth!: number | null;

  /** Hours in which the link may be used, such as `22:00-06:00`, in the time zone of the unit; null for any. */
  @Column('text', { nullable: true })
  linkHours!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
