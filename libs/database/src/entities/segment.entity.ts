import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Rendition } from './rendition.entity.js';

/** One immutable piece of a rendition: the blob `editions/{editionId}/{sha256}.m4s`. */
@Entity('segment')
export class Segment {
  @PrimaryColumn('uuid')
  renditionId!: string;

  @ManyToOne(() => Rendition, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'rendition_id' })
  rendition?: Rendition;

  @PrimaryColumn('integer')
  index!: number;

  @Column('integer')
  durationTicks!: number;

  @Column('text')
  sha256!: string;

  @Column('integer')
  bytes!: number;

  /** From the file's start to the end of its first sample, for video an IDR picture (HLS-V09); null for sound. */
  @Column('integer', { nullable: true })
  keyBytes!: number | null;
}
