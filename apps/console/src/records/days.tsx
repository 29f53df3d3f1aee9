import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The first and the last day of a record, and the fields that ask for them; empty: as far as there is anything. */
export function useDays() {
  const { t } = useTranslation();
  const [days, setDays] = useState({ from: '', to: '' });
  const field = (end: keyof typeof days) => (
    <TextInput
      type="date"
      label={t(`records.${end}`)}
      value={days[end]}
      onChange={({ currentTarget }) => setDays({ ...days, [end]: currentTarget.value })}
    />
  );
  const fields = (
    <>
      {field('from')}
      {field('to')}
    </>
  );
  return { days, fields };
}
