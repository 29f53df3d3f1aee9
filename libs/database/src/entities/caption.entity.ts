import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Edition } from './edition.entity.js';

/** Captions of an edition in one language: the WebVTT blob `editions/{editionId}/{sha256}.vtt`. */
@Entity('caption')
@Unique(['editionId', 'language'])
export class Caption {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  editionId!: string;

  @ManyToOne(() => Edition, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'edition_id' })
  edition?: Edition;

  @Column('text')
  language!: string;

  @Column('text')
  label!: string;

  @Column('text')
  sha256!: string;

  @Column('integer')
  bytes!: number;
}
