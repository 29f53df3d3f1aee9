import { Badge, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LectureView } from '#libs/contracts';
import { errorCodes } from '#libs/domain';
import { useFormat } from '../language/use-format';

const colours: Record<LectureView['state'], string> = {
  empty: 'gray',
  uploading: 'gray',
  encoding: 'ink',
  ready: 'ink',
  failed: 'red.8',
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
    <Stack gap={4} miw={120}>
      <Group gap={8} wrap="nowrap">
        <Badge
          variant={state === 'ready' ? 'filled' : 'light'}
          color={colours[state]}
          c={state === 'ready' ? 'white' : undefined}
        >
          {t(`lectureStates.${state}`)}
        </Badge>
        {state === 'encoding' && <Text size="xs">{format.percent(progress)}</Text>}
      </Group>
      {state === 'encoding' && <Progress value={progress * 100} size="sm" aria-label={t('lecture.encodingProgress')} />}
      {failure && (
        <Text size="xs" c="red.9">
          {sentence(failure)}
        </Text>
      )}
    </Stack>
  );
}
