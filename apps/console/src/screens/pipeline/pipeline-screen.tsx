import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PipelineOverview } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { ConfirmButton } from '../../layout/confirm-button';
import { Figure, Figures } from '../../layout/figures';
import { AlertIcon } from '../../layout/icons';
import { Screen } from '../../layout/screen';
import { server } from '../../server/client';
import { useEffectOnServer, useReading } from '../../server/queries';
import { Editions } from './editions';
import { Queues } from './queues';
import { Workers } from './workers';

/** All work on lectures: what is in line, how much of it, who does it. */
export function PipelineScreen() {
  const { t } = useTranslation();
  const overview = useReading<PipelineOverview>('/pipeline', { again: () => 3_000 });
  return (
    <Screen
      title={t('areas.pipeline')}
      about={t('house.about')}
      actions={overview.data?.whole && <Switch paused={overview.data.paused} />}
    >
      <Answer of={overview}>
        {(found) => (
          <Stack gap="lg">
            <div>
              <div role="status">
                {found.paused && (
                  <Alert color="yellow" icon={<AlertIcon />} mb="lg">
                    <Text size="sm" c="black">
                      {t('house.isPaused')}
                    </Text>
                  </Alert>
                )}
              </div>
              <LastDay day={found.lastDay} />
            </div>
            <Editions overview={found} />
            <Queues queues={found.queues} />
            {found.workers && <Workers workers={found.workers} />}
          </Stack>
        )}
      </Answer>
    </Screen>
  );
}

/** Pausing stops everybody's lectures, so it asks first. */
function Switch({ paused }: { paused: boolean }) {
  const { t } = useTranslation();
  const change = useEffectOnServer(
    (wanted: boolean) => server.patch('/pipeline', { paused: wanted }),
    ['/pipeline', '/lectures'],
  );
  if (paused) {
    return (
      <Button loading={change.isPending} onClick={() => change.mutate(false)}>
        {t('house.resume')}
      </Button>
    );
  }
  return (
    <ConfirmButton
      size="sm"
      label={t('house.pause')}
      question={t('house.pauseQuestion')}
      consequence={t('house.pauseConsequence')}
      effect={() => change.mutateAsync(true)}
    />
  );
}

function LastDay({ day: { lectures, videoMs, cpuMs, bytes } }: { day: PipelineOverview['lastDay'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section aria-label={t('house.lastDay')}>
      <Text size="sm" c="dimmed" mb="xs" aria-hidden="true">
        {t('house.lastDay')}
      </Text>
      <Figures>
        <Figure label={t('house.lectures')} value={format.number(lectures)} />
        <Figure label={t('house.video')} value={format.minutes(videoMs)} />
        <Figure label={t('pipeline.cpu')} value={format.seconds(cpuMs)} />
        <Figure label={t('house.stored')} value={format.bytes(bytes)} />
      </Figures>
    </section>
  );
}
