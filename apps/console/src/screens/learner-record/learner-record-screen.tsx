import { List, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LearnerDayItem, LearnerDays } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { Figure, Figures } from '../../layout/figures';
import { Screen } from '../../layout/screen';
import { GradeLegend } from '../../records/audience';
import { usePages } from '../../server/queries';
import { LearnerDayList } from './learner-day-list';
import { LearnerLectures } from './learner-lectures';

/** What one learner has, and from which days and lectures it comes. */
export function LearnerRecordScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const path = `/learners/${id}/days`;
  const days = usePages<LearnerDayItem, LearnerDays>(path);
  return (
    <Answer of={days}>
      {(found) => (
        <Screen
          title={t('records.ofLearner', { name: found.name })}
          trail={[{ label: t('areas.sites'), href: '/sites' }]}
        >
          <Numbers of={found} />
          <LearnerDayList learnerId={id} days={days.items} pages={days} />
          <LearnerLectures learnerId={id} />
          <GradeLegend freshAt={found.freshAt} />
        </Screen>
      )}
    </Answer>
  );
}

function Numbers({ of: { minutesMs, coveredMs, creditMs } }: { of: LearnerDays }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm">
      <Figures>
        <Figure label={t('records.minutes')} value={format.length(minutesMs)} />
        <Figure label={t('records.covered')} value={format.length(coveredMs)} />
        <Figure label={t('records.credit')} value={format.length(creditMs)} />
      </Figures>
      <List size="sm">
        <List.Item>{t('explanation.minutes')}</List.Item>
        <List.Item>{t('explanation.covered')}</List.Item>
        <List.Item>{t('explanation.credit')}</List.Item>
      </List>
    </Stack>
  );
}
