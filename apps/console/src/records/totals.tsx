import { useTranslation } from 'react-i18next';
import type { AudienceView, TotalsView } from '#libs/contracts';
import type { Column } from '../layout/data-table';
import { Figure, Figures } from '../layout/figures';
import { useAudienceMinutes, useByGrade, useCount } from './audience';

function useAudience(withGrades: boolean): Column<AudienceView>[] {
  const { t } = useTranslation();
  const count = useCount();
  const minutes = useAudienceMinutes();
  const byGrade = useByGrade();
  const grades: Column<AudienceView> = {
    heading: t('records.byGrade'),
    kind: 'number',
    cell: (of) => byGrade(of.byGrade),
  };
  return [
    { heading: t('records.sessions'), kind: 'number', cell: (of) => count(of.sessions) },
    { heading: t('records.audience'), kind: 'number', cell: (of) => count(of.audience) },
    ...(withGrades ? [grades] : []),
    { heading: t('records.minutes'), kind: 'number', cell: (of) => minutes(of.minutesMs) },
  ];
}

function useTotals(withGrades: boolean): Column<TotalsView>[] {
  const { t } = useTranslation();
  const count = useCount();
  const minutes = useAudienceMinutes();
  return [
    ...useAudience(withGrades),
    { heading: t('records.credit'), kind: 'number', cell: (of) => minutes(of.creditMs) },
    { heading: t('records.completions'), kind: 'number', cell: (of) => count(of.completions) },
  ];
}

/** Parts tell no grades to whom they tell no names: those could be reckoned from the whole's (TRACKING.md 11). */
const tellsGrades = ({ byGrade }: AudienceView) => Object.values(byGrade).some((count) => count !== null);

/** Columns of a table of whom something reached. */
export const useAudienceColumns = (rows: readonly AudienceView[]) => useAudience(rows.some(tellsGrades));

/** Columns of a table of parts of a record. */
export const useTotalsColumns = (rows: readonly TotalsView[]) => useTotals(rows.some(tellsGrades));

/** The same above a record. */
export function Totals({ of }: { of: TotalsView }) {
  return (
    <Figures>
      {useTotals(true).map(({ heading, cell }) => (
        <Figure key={heading} label={heading} value={cell(of)} />
      ))}
    </Figures>
  );
}
