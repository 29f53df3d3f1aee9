import { List, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LearnerDays } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { Figure, Figures } from '../../layout/figures';
import { Screen } from '../../layout/screen';
import { GradeLegend } from '../../records/audience';
import { server } from '../../server/client';
import { LearnerDayList } from './learner-day-list';
import { LearnerLectures } from './learner-lectures';

/** What one learner has, and from which days and lectures it comes. */
export function LearnerRecordScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const path = `/learners/${id}/days`;
  const days = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam }) => server.get<LearnerDays>(path, { after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  return (
    <Answer of={{ ...days, data: days.data?.pages[0] }}>
      {(found) => (
        <Screen
          title={t('records.ofLearner', { name: found.name })}
          trail={[{ label: t('areas.sites'), href: '/sites' }]}
        >
          <Numbers of={found} />
          <LearnerDayList learnerId={id} days={days.data?.pages.flatMap(({ items }) => items) ?? []} pages={days} />
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
