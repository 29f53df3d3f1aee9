import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** Two tiers: a category without a parent, and those under it. */
@Entity('category')
export class Category {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { nullable: true })
  parentId!: string | null;

  @ManyToOne(() => Category, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'parent_id' })
  parent?: Category;

  @Column('text')
  nameEn!: string;

  @Column({ type: 'text', collation: 'zh-x-icu' })
  nameZh!: string;
}
