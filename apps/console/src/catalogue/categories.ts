import type { CategoryView } from '#libs/contracts';

/** A category's name in the language of the reader. */
export const nameOf = ({ nameEn, nameZh }: CategoryView, language: string) =>
  language.startsWith('zh') ? nameZh : nameEn;

/** Both tiers as a select shows them: each of the first tier, then those under it. */
export function inTiers(categories: readonly CategoryView[]): { category: CategoryView; tier: 1 | 2 }[] {
  return categories
    .filter(({ parentId }) => parentId === null)
    .flatMap((first) => [
      { category: first, tier: 1 as const },
      ...categories.filter(({ parentId }) => parentId === first.id).map((category) => ({ category, tier: 2 as const })),
    ]);
}
