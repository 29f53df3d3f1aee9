import { Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LectureView } from '#libs/contracts';
import { errorCodes } from '#libs/domain';
import { useFormat } from '../language/use-format';
import { ToneBadge, type Tone } from '../layout/tone-badge';

const tones: Record<LectureView['state'], Tone> = {
  empty: 'quiet',
  uploading: 'moving',
  encoding: 'moving',
  ready: 'good',
  failed: 'bad',
};

/** Whether a lecture will be in another state soon, by itself. */
export const isMoving = ({ state }: Pick<LectureView, 'state'>) => state === 'uploading' || state === 'encoding';

/** How long to wait before asking again, by whether anything moves. */
export const whileMoving = (lectures: readonly LectureView[]) => (lectures.some(isMoving) ? 2_000 : false);

export interface Failure {
  code: string;
  title: string;
}

/** Why something failed, in the reader's language; in the server's words when the code is a newer one. */
export function useFailureSentence(): (failure: Failure) => string {
  const { t } = useTranslation();
  return ({ code, title }) => {
    const known = errorCodes.find((errorCode) => errorCode === code);
    return known ? t(`errors.${known}`) : title;
  };
}

/** State, and how far it has come, of a lecture's newest edition. */
export function LectureState({ lecture }: { lecture: Pick<LectureView, 'state' | 'progress' | 'failure'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = useFailureSentence();
  const { state, progress, failure } = lecture;
  return (
    <Stack gap={4}>
      <Group gap={8} wrap="nowrap">
        <ToneBadge tone={tones[state]} label={t(`lectureStates.${state}`)} />
        {state === 'encoding' && <Text size="xs">{format.percent(progress)}</Text>}
      </Group>
      {state === 'encoding' && (
        <Progress value={progress * 100} size="sm" w={140} maw="100%" aria-label={t('lecture.encodingProgress')} />
      )}
      {failure && (
        <Text size="xs" c="red.9">
          {sentence(failure)}
        </Text>
      )}
    </Stack>
  );
}
