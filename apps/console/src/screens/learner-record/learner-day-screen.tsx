import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DaySession, LearnerDay } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { Figure, Figures } from '../../layout/figures';
import { RowName } from '../../layout/row-name';
import { Screen } from '../../layout/screen';
import { GradeLegend } from '../../records/audience';
import { Share } from '../../records/share';
import { usePages } from '../../server/queries';

interface Props {
  learnerId: string;
  day: string;
}

/** From which sessions the minutes of one learner on one day come. */
export function LearnerDayScreen({ learnerId, day }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const path = `/learners/${learnerId}/days/${day}`;
  const told = usePages<DaySession, LearnerDay>(path);
  const record = `/learners/${learnerId}/record`;
  return (
    <Answer of={told}>
      {(found) => (
        <Screen
          title={t('explanation.ofDay', { name: found.name, day: format.day(day) })}
          trail={[
            { label: t('areas.sites'), href: '/sites' },
            { label: t('records.ofLearner', { name: found.name }), href: record },
          ]}
        >
          <Figures>
            <Figure label={t('records.minutes')} value={format.length(found.minutesMs)} />
          </Figures>
          <Text size="sm">{t('explanation.dayOrder')}</Text>
          <DataTable
            caption={t('records.sessions')}
            rows={told.items}
            rowKey={({ id }) => id}
            empty={t('records.none')}
            pages={told}
            columns={[
              { heading: t('lecture.title'), cell: (session) => <What session={session} record={record} /> },
              {
                heading: t('records.played'),
                cell: ({ from, to }) => `${format.moment(from)} – ${format.moment(to)}`,
              },
              { heading: t('records.grade'), cell: ({ grade }) => grade },
              {
                heading: t('explanation.addedMinutes'),
                kind: 'number',
                cell: ({ addedMinutesMs, minutesMs }) => <Share added={addedMinutesMs} given={minutesMs} />,
              },
            ]}
          />
          <GradeLegend freshAt={found.freshAt} />
        </Screen>
      )}
    </Answer>
  );
}

/** Leads to the spans of the edition. */
function What({ session, record }: { session: DaySession; record: string }) {
  const { t } = useTranslation();
  const { editionId, lectureTitle, kind, siteName } = session;
  return (
    <RowName href={`${record}/${editionId}`} below={[t(`sessionKinds.${kind}`), siteName].filter(Boolean).join(' · ')}>
      {lectureTitle}
    </RowName>
  );
}
