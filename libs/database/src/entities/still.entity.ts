import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Edition } from './edition.entity.js';

/** A picture taken from an edition: its poster, or a sheet of thumbnails for the seek bar. */
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
  kind!: 'poster' | 'sheet';

  /** When it was taken; of a sheet, what its first thumbnail stands for. */
  @Column('integer')
  atMs!: number;

  @Column('integer')
  width!: number;

  @Column('integer')
  height!: number;

  /** Of a sheet, in pixels: what one thumbnail takes. */
  @Column('integer', { nullable: true })
  tileWidth!: number | null;

  @Column('integer', { nullable: true })
  tileHeight!: number | null;

  /** Of a sheet: from one thumbnail to the next. */
  @Column('integer', { nullable: true })
  tileMs!: number | null;

  @Column('text')
  sha256!: string;

  @Column('integer')
  bytes!: number;
}
