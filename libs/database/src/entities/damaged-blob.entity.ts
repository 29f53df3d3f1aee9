import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Edition } from './edition.entity.js';

/** `wrong`: its content is not what its name says; `unreadable`: the store works, but not for this blob. */
export type Damage = 'missing' | 'wrong' | 'unreadable';

/** A blob `editions/{editionId}/{name}` that something names and that is not what it should be, as the scrub found. */
@Entity('damaged_blob')
export class DamagedBlob {
  @PrimaryColumn('uuid')
  editionId!: string;

  @ManyToOne(() => Edition, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'edition_id' })
  edition?: Edition;

  @PrimaryColumn('text')
  name!: string;

  @Column('text')
  damage!: Damage;

  @Column('timestamptz', { default: () => 'now()' })
  foundAt!: Date;
}
