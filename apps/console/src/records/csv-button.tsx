import { Button, type ButtonProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { address, type Query } from '../server/client';

interface Props extends ButtonProps {
  path: string;
  query?: Query;
  /** Which table it is, where a screen has several. */
  of?: string;
}

/** Saves the same as a table. */
export function CsvButton({ path, query, of, ...button }: Props) {
  const { t } = useTranslation();
  return (
    <Button
      component="a"
      variant="default"
      {...button}
      href={address(path, { ...query, format: 'csv' })}
      download
      aria-label={of && `${t('records.csv')}: ${of}`}
    >
      {t('records.csv')}
    </Button>
  );
}
