import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Edition } from './edition.entity.js';

/** A picture taken from an edition: its poster, or a thumbnail for the seek bar. */
@Entity('still')
@Unique(['editionId', 'kind', 'atMs'])
export class Still {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  editionId!: string;

  @ManyToOne(() => Edition, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'edition_id' })
  edition?: Edition;

  @Column('text')
  kind!: 'poster' | 'thumbnail';

  @Column('integer')
  atMs!: number;

  @Column('integer')
  width!: number;

  @Column('integer')
  height!: number;

  @Column('text')
  sha256!: string;

  @Column('integer')
  bytes!: number;
}
