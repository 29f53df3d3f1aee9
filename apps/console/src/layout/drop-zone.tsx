import { Button, FileButton, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import css from './drop-zone.module.css';

interface Props {
  icon: ReactNode;
  title: string;
  hint: string;
  /** What its button says. */
  choose: string;
  /** As of `<input accept>`; all files when left out. */
  accept?: string;
  onFiles: (files: File[]) => void;
}

/** Takes files that are dropped on it or chosen by its button. What they are, the server finds out. */
export function DropZone({ icon, title, hint, choose, accept, onFiles }: Props) {
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
        {icon}
        <Text fw={600} c="black">
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
        <FileButton multiple {...(accept && { accept })} onChange={onFiles} inputProps={{ 'aria-label': choose }}>
          {(props) => (
            <Button {...props} mt="xs">
              {choose}
            </Button>
          )}
        </FileButton>
      </Stack>
    </div>
  );
}
