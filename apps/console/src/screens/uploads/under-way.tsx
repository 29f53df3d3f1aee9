import { Anchor, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LectureView } from '#libs/contracts';
import { LectureState, whileMoving } from '../../catalogue/lecture-state';
import { useFormat } from '../../language/use-format';
import { ConfirmButton } from '../../layout/confirm-button';
import { ProblemAlert } from '../../layout/problem-alert';
import { useReading } from '../../server/queries';
import { timeLeft } from './speed';
import { terminate } from './transfer';
import type { UploadItem } from './upload-desk';
import { useDesk } from './uploads-provider';

/** One file on its way, and what becomes of it. */
export function UnderWay({ item }: { item: UploadItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { phase, sentBytes, totalBytes, bytesPerSecond } = item;
  const share = totalBytes > 0 ? sentBytes / totalBytes : 0;
  return (
    <Paper withBorder p="md" component="li" aria-label={item.fileName} data-phase={phase}>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start">
          <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
            <Anchor component={Link} href={`/lectures/${item.lectureId}`} fw={600} style={{ overflowWrap: 'anywhere' }}>
              {item.lectureTitle}
            </Anchor>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {item.fileName}
            </Text>
          </div>
          <Buttons item={item} />
        </Group>
        {phase === 'sent' ? (
          <Becoming lectureId={item.lectureId} />
        ) : (
          <>
            <Progress value={share * 100} aria-label={t('uploads.progressOf', { name: item.fileName })} />
            <Group justify="space-between" gap="xs">
              <Text size="sm" role="status">
                {t(`uploadPhases.${phase}`)}
              </Text>
              <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
                {t('uploads.sentOf', {
                  sent: format.bytes(sentBytes),
                  total: format.bytes(totalBytes),
                  percent: format.percent(share),
                })}
                {bytesPerSecond !== null &&
                  ` · ${t('uploads.speed', {
                    speed: format.bytes(bytesPerSecond),
                    left: format.span(timeLeft(totalBytes - sentBytes, bytesPerSecond)),
                  })}`}
              </Text>
            </Group>
            <ProblemAlert error={item.problem} />
          </>
        )}
      </Stack>
    </Paper>
  );
}

function Buttons({ item: { key, phase, fileName, uploadId } }: { item: UploadItem }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const canPause = phase === 'sending' || phase === 'waiting' || phase === 'queued';
  const discard = async () => {
    desk.pause(key);
    if (uploadId !== null) await terminate(uploadId);
    desk.forget(key);
  };
  if (phase === 'sent' || phase === 'refused') {
    return (
      <Button variant="default" size="xs" onClick={() => desk.forget(key)}>
        {t('uploads.clear')}
      </Button>
    );
  }
  return (
    <Group gap="xs">
      {canPause ? (
        <Button variant="default" size="xs" onClick={() => desk.pause(key)}>
          {t('uploads.pause')}
        </Button>
      ) : (
        <Button size="xs" onClick={() => desk.resume(key)}>
          {t('uploads.resume')}
        </Button>
      )}
      <ConfirmButton
        label={t('uploads.discard')}
        question={t('uploads.discardQuestion')}
        consequence={t('uploads.discardConsequence', { name: fileName })}
        effect={discard}
      />
    </Group>
  );
}

/** After the last byte: the lecture's own state, until it is ready or has failed. */
function Becoming({ lectureId }: { lectureId: string }) {
  const { t } = useTranslation();
  const lecture = useReading<LectureView>(`/lectures/${lectureId}`, {
    again: (answer) => (answer ? whileMoving([answer]) : false),
  });
  if (lecture.data) return <LectureState lecture={lecture.data} />;
  return lecture.error ? <ProblemAlert error={lecture.error} /> : <Text size="sm">{t('uploadPhases.sent')}</Text>;
}
