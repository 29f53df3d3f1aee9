import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CategoryView } from '#libs/contracts';
import { useReading } from '../server/queries';
import { inTiers, nameOf } from './categories';

export const useCategories = () => useReading<{ items: CategoryView[] }>('/categories').data?.items ?? [];

interface Props extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  value: string | null;
  onChange: (categoryId: string | null) => void;
}

export function CategorySelect({ value, onChange, ...select }: Props) {
  const { i18n } = useTranslation();
  const categories = useCategories();
  const data = inTiers(categories).map(({ category, tier }) => ({
    value: category.id,
    label: `${tier === 2 ? '– ' : ''}${nameOf(category, i18n.language)}`,
  }));
  return <Select {...select} data={data} value={value} onChange={onChange} clearable searchable />;
}
