import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RefusedStatement, XapiOverview } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { DataTable } from '../../layout/data-table';
import { Figure, Figures } from '../../layout/figures';
import { ProblemAlert } from '../../layout/problem-alert';
import { ToneBadge, type Tone } from '../../layout/tone-badge';
import { server } from '../../server/client';
import { useEffectOnServer, usePages, useReading } from '../../server/queries';

type State = Exclude<XapiOverview['state'], 'off'>;

const tones: Record<State, Tone> = { sending: 'moving', waiting: 'warning', silent: 'warning', stopped: 'bad' };

/** What is told to a learning record store; nothing where none is set, or for who does not answer for the whole house. */
export function LearningRecordStore() {
  const { data } = useReading<XapiOverview>('/xapi', { again: () => 15_000 });
  return data && data.state !== 'off' ? <Store overview={data} state={data.state} /> : null;
}

function Store({ overview, state }: { overview: XapiOverview; state: State }) {
  const { t } = useTranslation();
  const format = useFormat();
  const retry = useEffectOnServer(() => server.post('/xapi/retry', {}), ['/xapi']);
  const mayRetry = overview.refused > 0 || state === 'waiting' || state === 'stopped';
  return (
    <Stack component="section" aria-labelledby="learning-record-store" mt="lg">
      <Group justify="space-between">
        <Group gap="sm">
          <Title order={2} size="h4" id="learning-record-store">
            {t('xapi.title')}
          </Title>
          <ToneBadge tone={tones[state]} label={t(`xapiStates.${state}`)} />
        </Group>
        {mayRetry && (
          <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
            {t(overview.refused > 0 ? 'xapi.retryAll' : 'xapi.retry')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t('xapi.about', { host: overview.host })}
      </Text>
      <ProblemAlert error={retry.error} />
      <Hint overview={overview} />
      <Figures>
        <Figure label={t('xapi.waiting')} value={format.number(overview.waiting)} />
        <Figure label={t('xapi.sent')} value={format.number(overview.sent)} />
        <Figure label={t('xapi.lastSent')} value={overview.sentAt ? format.moment(overview.sentAt) : '–'} />
        <Figure label={t('xapi.refused')} value={format.number(overview.refused)} />
      </Figures>
      {overview.refused > 0 && <Refused />}
    </Stack>
  );
}

/** Why nothing is sent, and what to do. */
function Hint({ overview: { state, status, notBefore, cut } }: { overview: XapiOverview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = status === 0 || status === null ? t('xapi.noAnswer') : String(status);
  const moment = notBefore ? format.moment(notBefore) : '–';
  return (
    <>
      {state === 'silent' && <Alert color="yellow">{t('xapi.silentHint')}</Alert>}
      {state === 'waiting' && <Alert color="yellow">{t('xapi.waitingHint', { status: answer, moment })}</Alert>}
      {state === 'stopped' && <Alert color="red">{t('xapi.stoppedHint', { status: answer })}</Alert>}
      {cut > 0 && <Text size="sm">{t('xapi.cut', { count: cut })}</Text>}
    </>
  );
}

const verbs = ['initialized', 'played', 'paused', 'seeked', 'interacted', 'completed', 'terminated'] as const;

function Refused() {
  const { t } = useTranslation();
  const format = useFormat();
  const pages = usePages<RefusedStatement>('/xapi/refused');
  const retry = useEffectOnServer((id: string) => server.post(`/xapi/refused/${id}/retry`, {}), ['/xapi']);
  const nameOf = (verb: string) => {
    const known = verbs.find((one) => one === verb);
    return known ? t(`xapiVerbs.${known}`) : verb;
  };
  return (
    <>
      <ProblemAlert error={retry.error} />
      <DataTable
        caption={t('xapi.refusedCaption')}
        rows={pages.items}
        rowKey={({ id }) => id}
        empty={t('xapi.noneRefused')}
        pages={pages}
        columns={[
          { heading: t('xapi.when'), cell: ({ refusedAt }) => format.moment(refusedAt) },
          { heading: t('xapi.verb'), cell: ({ verb }) => nameOf(verb) },
          { heading: t('xapi.lecture'), cell: ({ lecture }) => lecture },
          { heading: t('xapi.learner'), cell: ({ learnerId }) => learnerId },
          { heading: t('xapi.answer'), cell: ({ status, detail }) => `${status} ${detail}` },
          {
            heading: t('table.actions'),
            cell: ({ id, verb, lecture }) => (
              <Button
                variant="default"
                size="xs"
                loading={retry.isPending && retry.variables === id}
                aria-label={t('xapi.retryOne', { verb: nameOf(verb), lecture })}
                onClick={() => retry.mutate(id)}
              >
                {t('actions.tryAgain')}
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}
