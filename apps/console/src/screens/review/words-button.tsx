import { Button, Textarea, type TextareaProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { FormModal } from '../../layout/form-modal';
import { useEffectOnServer } from '../../server/queries';

interface Props {
  label: string;
  /** Distinguishes the button from others of its kind for a screen reader. */
  describedAs: string;
  title: string;
  submitLabel: string;
  words: Pick<TextareaProps, 'label' | 'description' | 'minRows'>;
  /** Says it to the house. */
  send: (words: string) => Promise<unknown>;
  /** Lists that are another one then. */
  stale: readonly string[];
  /** What else is asked, above the words. */
  children?: ReactNode;
}

/** A button by which somebody says something about an entry, in their own words. */
export function WordsButton({ label, describedAs, title, submitLabel, words: field, send, stale, children }: Props) {
  const [opened, setOpened] = useState(false);
  const [words, setWords] = useState('');
  const say = useEffectOnServer(() => send(words), stale);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        aria-label={describedAs}
        onClick={() => {
          say.reset();
          setOpened(true);
        }}
      >
        {label}
      </Button>
      <FormModal
        opened={opened}
        title={title}
        submitLabel={submitLabel}
        pending={say.isPending}
        error={say.error}
        onClose={() => setOpened(false)}
        onSubmit={() => say.mutate(undefined, { onSuccess: () => setOpened(false) })}
      >
        {children}
        <Textarea
          required
          maxLength={1000}
          autosize
          data-autofocus={children ? undefined : true}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
          {...field}
        />
      </FormModal>
    </>
  );
}
