import type { CategoryView } from '#libs/contracts';

export interface TieredCategory {
  readonly category: CategoryView;
  readonly tier: 1 | 2;
}

/** First-tier categories, each followed by those under it. */
export function inTiers(categories: readonly CategoryView[]): TieredCategory[] {
  const under = (parentId: string | null) => categories.filter((category) => category.parentId === parentId);
  return under(null).flatMap((category) => [
    { category, tier: 1 },
    ...under(category.id).map((child): TieredCategory => ({ category: child, tier: 2 })),
  ]);
}
