import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../server/queries';
import type { Query } from '../server/client';

interface Props<T> extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  path: string;
  query?: Query;
  labelOf: (item: T) => string;
  value: T | null;
  onChange: (item: T | null) => void;
}

/** Chooses one thing out of a list of any length: the server searches while one types. */
export function ServerSelect<T extends { id: string }>(props: Props<T>) {
  const { path, query, labelOf, value, onChange, ...select } = props;
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [sought] = useDebouncedValue(text, 250);
  const isChosen = value !== null && sought === labelOf(value);
  const { items, isFetching } = usePages<T>(path, { ...query, q: isChosen ? '' : sought.trim(), limit: 30 });
  const offered = value === null || items.some(({ id }) => id === value.id) ? items : [value, ...items];
  return (
    <Select
      {...select}
      data={offered.map((item) => ({ value: item.id, label: labelOf(item) }))}
      value={value?.id ?? null}
      onChange={(id) => onChange(offered.find((item) => item.id === id) ?? null)}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={isFetching ? t('states.loading') : t('states.nothingFound')}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}
