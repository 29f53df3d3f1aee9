import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reader } from '../server/use-read.js';
import { Failure, Loading, Notice } from './notice.js';

interface Props<T> {
  reader: Reader<T>;
  children: (value: T) => ReactNode;
}

/** What is read, or why there is nothing to show yet. */
export function ReadingView<T>({ reader: { reading, again }, children }: Props<T>) {
  const { t } = useTranslation();
  if (reading.state === 'loading') return <Loading />;
  if (reading.state === 'failed') return <Failure reason={reading.reason} again={again} />;
  return (
    <>
      {reading.isKept && <Notice>{t('kept')}</Notice>}
      {children(reading.value)}
    </>
  );
}
