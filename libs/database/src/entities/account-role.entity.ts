import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';
import { Site } from './site.entity.js';
import { Unit } from './unit.entity.js';

export type Role = 'admin' | 'librarian' | 'organiser' | 'auditor' | 'operator';

/** A role of an account on a unit, and so on its whole subtree, or on one site. */
@Entity('account_role')
@Index(['accountId'])
@Check('account_role_place_check', '(unit_id IS NULL) <> (site_id IS NULL)')
export class AccountRole {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  accountId!: string;

  @ManyToOne(() => Account, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id' })
  account?: Account;

  @Column('text')
  role!: Role;

  @Column('uuid', { nullable: true })
  unitId!: string | null;

  @ManyToOne(() => Unit, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'unit_id' })
  unit?: Unit;

  @Column('uuid', { nullable: true })
  siteId!: string | null;

  @ManyToOne(() => Site, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'site_id' })
  site?: Site;
}
