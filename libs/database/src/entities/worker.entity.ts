import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A worker process that runs, or has run until its last beat. */
@Entity('worker')
export class Worker {
  @PrimaryColumn('uuid')
  id!: string;

  /** The name of its machine. */
  @Column('text', { nullable: true })
  host!: string | null;

  /** How many things its machine can do at once. */
  @Column('integer', { nullable: true })
  cores!: number | null;

  /** Protections of the sandbox that this worker's machine does not give, as its self-test found at its start. */
  @Column('text', { array: true })
  missingProtections!: string[];

  @Column('timestamptz', { default: () => 'now()' })
  startedAt!: Date;

  /** By the clock of the database. */
  @Column('timestamptz', { default: () => 'now()' })
  beatAt!: Date;
}
