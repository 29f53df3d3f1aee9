import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type UnitKind = 'centre' | 'province' | 'prefecture' | 'county' | 'township' | 'village';

/** A node of the organisation tree, of any depth. */
@Entity('unit')
@Index('unit_name_idx', ['name', 'id'])
@Index('unit_name_pieces_idx', { synchronize: false })
export class Unit {
  @PrimaryColumn('uuid')
  id!: string;

  @Column({ type: 'text', collation: 'zh-x-icu' })
  name!: string;

  @Column('text')
  kind!: UnitKind;

  @Column('text', { default: 'Asia/Shanghai' })
  timeZone!: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
