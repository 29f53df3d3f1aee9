import { List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExplainedSession } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Said } from '../../records/said';
import { Refused } from './refused';

/** The presences and spans of a session, and what of it did not count. */
export function Details({ session }: { session: ExplainedSession }) {
  const { t } = useTranslation();
  const { spans, presences, refused } = session;
  return (
    <Stack gap={4} ta="start">
      {spans.length + presences.length > 0 && (
        <details>
          <summary>{t('explanation.parts')}</summary>
          <Parts session={session} />
        </details>
      )}
      {refused.length > 0 && (
        <>
          <Text size="xs" fw={600}>
            {t('explanation.refused')}
          </Text>
          <Refused items={refused} />
        </>
      )}
      <Said session={session} />
    </Stack>
  );
}

function Parts({ session: { spans, spansLeftOut, presences } }: { session: ExplainedSession }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <List size="xs">
      {presences.map(({ seq, from, to, grade, source }) => (
        <List.Item key={`presence ${seq}`}>
          {t(to === null ? 'explanation.thereToTheEnd' : 'explanation.there', {
            from: format.moment(from),
            to: to === null ? '' : format.moment(to),
            grade,
          })}{' '}
          {source !== 'report' && t(`presenceSources.${source}`)}
        </List.Item>
      ))}
      {spans.map(({ seq, fromMs, toMs, startedAt, presentMs }) => (
        <List.Item key={`span ${seq}`}>
          {t(presentMs === 0 ? 'explanation.spanAbsent' : 'explanation.span', {
            seq: seq + 1,
            from: format.length(fromMs),
            to: format.length(toMs),
            at: format.moment(startedAt),
            present: format.length(presentMs),
          })}
        </List.Item>
      ))}
      {spansLeftOut > 0 && <List.Item>{t('explanation.leftOut', { count: spansLeftOut })}</List.Item>}
    </List>
  );
}
