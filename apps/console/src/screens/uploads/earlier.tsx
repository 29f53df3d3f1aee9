import { Anchor, Button, FileButton, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { UploadView } from '#libs/contracts';
import { useFailureSentence } from '../../catalogue/lecture-state';
import { useFormat } from '../../language/use-format';
import { ConfirmButton } from '../../layout/confirm-button';
import { DataTable } from '../../layout/data-table';
import { RowName } from '../../layout/row-name';
import { useEffectOnServer } from '../../server/queries';
import { ACCEPTED } from './file-choice';
import { terminate } from './transfer';
import { useDesk } from './uploads-provider';

/** Uploads that were begun, here or on another machine, and wait for their file to be chosen again. */
export function Unfinished({ uploads }: { uploads: readonly UploadView[] }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" component="section">
      <div>
        <Title order={2}>{t('uploads.unfinished')}</Title>
        <Text size="sm" c="dimmed">
          {t('uploads.unfinishedHint')}
        </Text>
      </div>
      {uploads.map((upload) => (
        <UnfinishedUpload key={upload.id} upload={upload} />
      ))}
    </Stack>
  );
}

function UnfinishedUpload({ upload }: { upload: UploadView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const desk = useDesk();
  const [isAnother, setIsAnother] = useState(false);
  const discard = useEffectOnServer(() => terminate(upload.id), ['/uploads', '/lectures']);
  const { bytes, receivedBytes, fileName } = upload;
  const goOn = (file: File | null) => {
    const fits = file !== null && (bytes === null || file.size === bytes);
    setIsAnother(file !== null && !fits);
    if (fits) desk.add(file, { id: upload.lectureId, title: upload.lectureTitle }, upload.id);
  };
  return (
    <Paper withBorder p="md" role="group" aria-label={fileName}>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start">
          <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
            <Anchor
              component={Link}
              href={`/lectures/${upload.lectureId}`}
              fw={600}
              style={{ overflowWrap: 'anywhere' }}
            >
              {upload.lectureTitle}
            </Anchor>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {fileName}
            </Text>
          </div>
          <Group gap="xs">
            <FileButton accept={ACCEPTED} onChange={goOn} inputProps={{ 'aria-label': t('uploads.chooseAgain') }}>
              {(props) => (
                <Button size="xs" {...props}>
                  {t('uploads.chooseAgain')}
                </Button>
              )}
            </FileButton>
            <ConfirmButton
              label={t('uploads.discard')}
              question={t('uploads.discardQuestion')}
              consequence={t('uploads.discardConsequence', { name: fileName })}
              effect={() => discard.mutateAsync(undefined)}
            />
          </Group>
        </Group>
        {bytes !== null && (
          <Progress
            value={(receivedBytes / Math.max(1, bytes)) * 100}
            aria-label={t('uploads.progressOf', { name: fileName })}
          />
        )}
        <Text size="sm" c="dimmed">
          {t('uploads.receivedOf', {
            received: format.bytes(receivedBytes),
            total: bytes === null ? '?' : format.bytes(bytes),
            until: format.moment(upload.expiresAt),
          })}
        </Text>
        {isAnother && (
          <Text size="sm" c="red.9" role="alert">
            {t('uploads.anotherFile', { name: fileName, size: format.bytes(bytes ?? 0) })}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

interface EarlierProps {
  uploads: readonly UploadView[];
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** What was uploaded before, and why if it was refused. */
export function Earlier({ uploads, pages }: EarlierProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = useFailureSentence();
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('uploads.earlier')}</Title>
      <DataTable
        caption={t('uploads.earlier')}
        rows={uploads}
        rowKey={({ id }) => id}
        empty={t('uploads.noneEarlier')}
        pages={pages}
        columns={[
          {
            heading: t('uploads.lecture'),
            cell: ({ lectureId, lectureTitle, fileName }) => (
              <RowName href={`/lectures/${lectureId}`} below={fileName}>
                {lectureTitle}
              </RowName>
            ),
          },
          {
            heading: t('uploads.state'),
            cell: ({ state, failure }) => (
              <>
                {t(`uploadStates.${state}`)}
                {failure && (
                  <Text size="xs" c="red.9">
                    {sentence(failure)}
                  </Text>
                )}
              </>
            ),
          },
          {
            heading: t('uploads.size'),
            kind: 'number',
            cell: ({ bytes }) => (bytes === null ? '–' : format.bytes(bytes)),
          },
          { heading: t('uploads.begun'), kind: 'number', cell: ({ createdAt }) => format.moment(createdAt) },
        ]}
      />
    </Stack>
  );
}
