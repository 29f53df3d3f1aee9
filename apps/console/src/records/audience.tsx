import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AudienceView, LectureLearnerRecord } from '#libs/contracts';
import { useFormat } from '../language/use-format';

const grades = ['A', 'B', 'C', 'D'] as const;

/** A count that may be told, or word that it is not (TRACKING.md 11). */
export function useCount() {
  const { t } = useTranslation();
  const format = useFormat();
  return (count: number | null) => (count === null ? t('records.notTold') : format.number(count));
}

/** Minutes of an audience, unless it is too small to be told. */
export function useAudienceMinutes() {
  const { t } = useTranslation();
  const format = useFormat();
  return (minutesMs: number | null) => (minutesMs === null ? t('records.notTold') : format.minutes(minutesMs));
}

/** Each grade that has somebody: `B 12 · C 30`; hidden ones are hidden together. */
export function useByGrade() {
  const { t } = useTranslation();
  const count = useCount();
  return (byGrade: AudienceView['byGrade']) =>
    grades.every((grade) => byGrade[grade] === null)
      ? t('records.notTold')
      : grades
          .filter((grade) => byGrade[grade] !== 0)
          .map((grade) => `${grade} ${count(byGrade[grade])}`)
          .join(' · ') || '–';
}

/** The grades by which a learner's coverage is known, best first. */
export const gradesOf = (byGrade: LectureLearnerRecord['byGrade']) =>
  (['A', 'B', 'C'] as const).filter((grade) => byGrade[grade] > 0).join(', ') || '–';

/** What A to D mean, and how fresh the numbers are. */
export function GradeLegend({ freshAt }: { freshAt: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Group gap="lg" justify="space-between">
      <Text size="xs" c="dimmed" style={{ flex: '1 1 20rem' }}>
        {t('records.grades')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('records.freshAt', { moment: format.moment(freshAt) })}
      </Text>
    </Group>
  );
}
