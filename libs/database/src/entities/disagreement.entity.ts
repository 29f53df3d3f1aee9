import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something derived that is not what follows from the ledger, as the nightly sample found. */
@Entity('disagreement')
export class Disagreement {
  @PrimaryColumn('text')
  kind!: 'session' | 'learner' | 'site-day' | 'unit-day';

  /** Ids only, never a name. */
  @PrimaryColumn('text')
  key!: string;

  @Column('timestamptz', { default: () => 'now()' })
  foundAt!: Date;
}
