import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CourseView } from '#libs/contracts';
import { fieldError } from '../server/client';
import { CategorySelect } from './category-select';

/** What can be changed of a course at any time. */
export type CourseFacts = Pick<CourseView, 'title' | 'description' | 'language' | 'categoryId'>;

export const noFacts: CourseFacts = { title: '', description: '', language: 'zh-CN', categoryId: null };

/** Languages that lectures are spoken in; each named in itself. */
const spoken = [
  { value: 'zh-CN', label: '中文（普通话）' },
  { value: 'en', label: 'English' },
];
const offered = (language: string) =>
  spoken.some(({ value }) => value === language) ? spoken : [...spoken, { value: language, label: language }];

interface Props {
  facts: CourseFacts;
  error: unknown;
  onChange: (facts: CourseFacts) => void;
  children?: ReactNode;
}

export function CourseFields({ facts, error, onChange, children }: Props) {
  const { t } = useTranslation();
  const change = (changed: Partial<CourseFacts>) => onChange({ ...facts, ...changed });
  return (
    <>
      <TextInput
        label={t('course.title')}
        required
        maxLength={300}
        data-autofocus
        value={facts.title}
        error={fieldError(error, 'title')}
        onChange={({ currentTarget }) => change({ title: currentTarget.value })}
      />
      {children}
      <CategorySelect
        label={t('course.category')}
        value={facts.categoryId}
        onChange={(categoryId) => change({ categoryId })}
      />
      <NativeSelect
        label={t('course.language')}
        value={facts.language}
        onChange={({ currentTarget }) => change({ language: currentTarget.value })}
        data={offered(facts.language)}
      />
      <Textarea
        label={t('course.description')}
        maxLength={10_000}
        autosize
        minRows={2}
        maxRows={8}
        value={facts.description}
        error={fieldError(error, 'description')}
        onChange={({ currentTarget }) => change({ description: currentTarget.value })}
      />
    </>
  );
}
