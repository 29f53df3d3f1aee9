import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Stops and starts all work on editions; one row. */
@Entity('pipeline_switch')
@Check('pipeline_switch_one_check', 'one')
export class PipelineSwitch {
  @PrimaryColumn('boolean', { default: true })
  one!: true;

  @Column('boolean', { default: false })
  paused!: boolean;
}
