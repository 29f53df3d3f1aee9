import { useTranslation } from 'react-i18next';
import type { AudienceView, TotalsView } from '#libs/contracts';
import type { Column } from '../layout/data-table';
import { Figure, Figures } from '../layout/figures';
import { useAudienceMinutes, useByGrade, useCount } from './audience';

/** Columns of a table of whom something reached. */
export function useAudienceColumns(): Column<AudienceView>[] {
  const { t } = useTranslation();
  const count = useCount();
  const minutes = useAudienceMinutes();
  const byGrade = useByGrade();
  return [
    { heading: t('records.sessions'), kind: 'number', cell: (of) => count(of.sessions) },
    { heading: t('records.audience'), kind: 'number', cell: (of) => count(of.audience) },
    { heading: t('records.byGrade'), kind: 'number', cell: (of) => byGrade(of.byGrade) },
    { heading: t('records.minutes'), kind: 'number', cell: (of) => minutes(of.minutesMs) },
  ];
}

/** Columns of a table of parts of a record. */
export function useTotalsColumns(): Column<TotalsView>[] {
  const { t } = useTranslation();
  const count = useCount();
  const minutes = useAudienceMinutes();
  return [
    ...useAudienceColumns(),
    { heading: t('records.credit'), kind: 'number', cell: (of) => minutes(of.creditMs) },
    { heading: t('records.completions'), kind: 'number', cell: (of) => count(of.completions) },
  ];
}

/** The same above a record. */
export function Totals({ of }: { of: TotalsView }) {
  return (
    <Figures>
      {useTotalsColumns().map(({ heading, cell }) => (
        <Figure key={heading} label={heading} value={cell(of)} />
      ))}
    </Figures>
  );
}
