import { Anchor, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FlagItem } from '#libs/contracts';
import type { FlagKind } from '#libs/domain';
import { useFormat } from '../../language/use-format';

const DAY_MS = 86_400_000;

/** The numbers of a flag in a sentence, and the sessions that they come from. */
export function Evidence({ flag }: { flag: FlagItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = useSentence();
  const { sessions } = flag.evidence;
  return (
    <Stack gap={4} ta="start" maw="36rem">
      <Text size="sm">{sentence(flag)}</Text>
      {sessions.length > 0 && (
        <details>
          <summary>{t('flags.sessions', { count: sessions.length })}</summary>
          <List size="xs">
            {sessions.map(({ id, startedAt, lectureTitle, editionId, siteName }) => (
              <List.Item key={id}>
                {flag.learner && editionId ? (
                  <Anchor component={Link} size="xs" href={`/learners/${flag.learner.id}/record/${editionId}`}>
                    {lectureTitle ?? t('flags.someLecture')}
                  </Anchor>
                ) : (
                  (lectureTitle ?? t('flags.someLecture'))
                )}{' '}
                · {format.moment(startedAt)} · {siteName ?? t('flags.anotherSite')}
              </List.Item>
            ))}
          </List>
        </details>
      )}
      <Anchor component={Link} size="xs" href={`/sites/${flag.siteId}/record`}>
        {t('flags.siteRecord', { name: flag.siteName })}
      </Anchor>
    </Stack>
  );
}

function useSentence() {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ kind, evidence: { numbers, otherSite } }: FlagItem): string => {
    const count = (name: string) => format.number(numbers[name] ?? 0);
    const length = (name: string) => format.length(numbers[name] ?? 0);
    const other = otherSite ? (otherSite.name ?? t('flags.anotherSite')) : '–';
    const [people, days] = [count('people'), { count: Math.floor((numbers['silentMs'] ?? 0) / DAY_MS) }];
    const sentences: Record<FlagKind, () => string> = {
      'long-day': () => t('flagEvidence.longDay', { time: length('playedMs') }),
      'always-everyone': () => t('flagEvidence.alwaysEveryone', { sessions: count('sessions'), people }),
      'same-audience': () => t('flagEvidence.sameAudience', { people, other, time: length('overlapMs') }),
      'same-roster': () => t('flagEvidence.sameRoster', { people, other }),
      'impossible-rates': () =>
        t('flagEvidence.impossibleRates', {
          faster: count('fasterThanClock'),
          overlap: count('clockOverlap'),
          spans: count('spans'),
        }),
      'silent-device': () =>
        t(numbers['everReported'] === 0 ? 'flagEvidence.neverReported' : 'flagEvidence.silentDevice', days),
    };
    return sentences[kind]();
  };
}
