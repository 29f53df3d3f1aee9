import { Button, FileButton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UploadIcon } from '../../layout/icons';
import css from './drop-zone.module.css';

/** Endings that browsers do not count among video by themselves. */
export const ACCEPTED = 'video/*,.mkv,.mts,.m2ts,.ts,.flv,.asf,.wmv,.ogv,.mxf,.3gp';

/** Takes files that are dropped on it or chosen by its button. What they are, the server finds out. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  return (
    <div
      className={css.zone}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <Stack align="center" gap="xs">
        <UploadIcon size={32} />
        <Text fw={600} c="black">
          {t('uploads.drop')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('uploads.dropHint')}
        </Text>
        <FileButton multiple accept={ACCEPTED} onChange={onFiles} inputProps={{ 'aria-label': t('uploads.choose') }}>
          {(props) => (
            <Button {...props} mt="xs">
              {t('uploads.choose')}
            </Button>
          )}
        </FileButton>
      </Stack>
    </div>
  );
}
