import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Edition } from './edition.entity.js';

/** One encoded quality of an edition. */
@Entity('rendition')
@Unique(['editionId', 'encode', 'name'])
export class Rendition {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  editionId!: string;

  @ManyToOne(() => Edition, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'edition_id' })
  edition?: Edition;

  /** Which encode of the edition it belongs to. */
  @Column('integer', { default: 1 })
  encode!: number;

  @Column('text')
  kind!: 'video' | 'audio';

  /** `1080p` … `240p`, `audio` */
  @Column('text')
  name!: string;

  /** RFC 6381 */
  @Column('text')
  codecs!: string;

  @Column('integer', { nullable: true })
  width!: number | null;

  @Column('integer', { nullable: true })
  height!: number | null;

  @Column('double precision', { nullable: true })
  frameRate!: number | null;

  @Column('integer', { nullable: true })
  channels!: number | null;

  /** Ticks a second of its segments. */
  @Column('integer')
  timescale!: number;

  @Column('text')
  initSha256!: string;

  @Column('integer')
  initBytes!: number;
}
