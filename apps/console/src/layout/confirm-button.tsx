import { Button, Group, Modal, Stack, Text, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert';

interface Props extends Omit<ButtonProps, 'onClick' | 'children'> {
  label: string;
  /** Distinguishes the button from others of its kind for a screen reader. */
  describedAs?: string;
  question: string;
  consequence: ReactNode;
  effect: () => Promise<unknown>;
  /** It costs, but loses nothing. */
  harmless?: boolean;
}

/** A button whose effect costs or cannot be undone: it asks first, and stays open with the reason when refused. */
export function ConfirmButton({ label, describedAs, question, consequence, effect, harmless, ...button }: Props) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const { mutate, isPending, error, reset } = useMutation({ mutationFn: effect, onSuccess: close });
  return (
    <>
      <Button
        variant="default"
        size="xs"
        {...button}
        aria-label={describedAs}
        onClick={() => {
          reset();
          open();
        }}
      >
        {label}
      </Button>
      <Modal opened={opened} onClose={close} title={question} closeButtonProps={{ 'aria-label': t('actions.close') }}>
        <Stack>
          <Text size="sm" component="div">
            {consequence}
          </Text>
          <ProblemAlert error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('actions.cancel')}
            </Button>
            <Button color={harmless ? undefined : 'red.8'} loading={isPending} onClick={() => mutate()}>
              {label}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
