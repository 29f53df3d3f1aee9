import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LectureView } from '#libs/contracts';
import { FormModal } from '../layout/form-modal';
import { fieldError } from '../server/client';
import { useEffectOnServer } from '../server/queries';
import { CategorySelect } from './category-select';

/** What a person writes about a lecture. */
export type LectureFacts = Pick<LectureView, 'title' | 'description' | 'categoryId'>;

interface Props {
  facts: LectureFacts;
  title: string;
  submitLabel: string;
  onSave: (facts: LectureFacts) => Promise<unknown>;
  onClose: () => void;
}

export function LectureForm({ facts: given, title, submitLabel, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [facts, setFacts] = useState(given);
  const save = useEffectOnServer(onSave, ['/lectures', '/courses']);
  const change = (changed: Partial<LectureFacts>) => setFacts({ ...facts, ...changed });
  return (
    <FormModal
      opened
      title={title}
      submitLabel={submitLabel}
      pending={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate(facts, { onSuccess: onClose })}
    >
      <TextInput
        label={t('course.title')}
        required
        maxLength={300}
        data-autofocus
        value={facts.title}
        error={fieldError(save.error, 'title')}
        onChange={({ currentTarget }) => change({ title: currentTarget.value })}
      />
      <CategorySelect
        label={t('course.category')}
        description={t('lecture.categoryHint')}
        value={facts.categoryId}
        onChange={(categoryId) => change({ categoryId })}
      />
      <Textarea
        label={t('course.description')}
        maxLength={10_000}
        autosize
        minRows={2}
        maxRows={8}
        value={facts.description}
        error={fieldError(save.error, 'description')}
        onChange={({ currentTarget }) => change({ description: currentTarget.value })}
      />
    </FormModal>
  );
}
