import { FileButton, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileIcon } from '../../layout/icons';
import css from '../uploads/drop-zone.module.css';

/** Takes files that are dropped on it or chosen by its button. */
export function FileZone({ onFiles }: { onFiles: (files: File[]) => void }) {
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
        <FileIcon size={32} />
        <Text fw={600} c="black">
          {t('files.drop')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('files.dropHint')}
        </Text>
        <FileButton multiple onChange={onFiles} inputProps={{ 'aria-label': t('files.choose') }}>
          {(props) => (
            <Button {...props} mt="xs">
              {t('files.choose')}
            </Button>
          )}
        </FileButton>
      </Stack>
    </div>
  );
}
