import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Learner } from './learner.entity.js';

/** May only send the spans of one learner (from one device once it has been used there), long after the session has ended. */
@Entity('outbox_token')
@Index(['expiresAt'])
export class OutboxToken {
  @PrimaryColumn('text')
  tokenHash!: string;

  @Column('uuid')
  learnerId!: string;

  @ManyToOne(() => Learner, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'learner_id' })
  learner?: Learner;

  /** The device that first used it; it works from no other. */
  @Column('uuid', { nullable: true })
  deviceId!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;
}
