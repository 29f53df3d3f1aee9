import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When a kind of housekeeping was last begun, by any worker. */
@Entity('housekeeping_round')
export class HousekeepingRound {
  @PrimaryColumn('text')
  name!: 'sweep' | 'scrub' | 'sample' | 'flags' | 'fold' | 'prune';

  /** By the clock of the database. */
  @Column('timestamptz', { default: () => 'now()' })
  beganAt!: Date;
}
