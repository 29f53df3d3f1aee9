import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { address, type Query } from '../server/client';

/** Saves the same record as a table. */
export function CsvButton({ path, query }: { path: string; query?: Query }) {
  const { t } = useTranslation();
  return (
    <Button component="a" variant="default" href={address(path, { ...query, format: 'csv' })} download>
      {t('records.csv')}
    </Button>
  );
}
