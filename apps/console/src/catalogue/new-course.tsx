import { Input, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CourseView, CreateCourse } from '#libs/contracts';
import { FormModal } from '../layout/form-modal';
import { UnitSelect, useUnitChoice } from '../organisation/unit-select';
import { fieldError, server } from '../server/client';
import { useEffectOnServer } from '../server/queries';
import { CourseFields, noFacts } from './course-fields';

interface Props {
  onClose: () => void;
  onSaved: (course: CourseView) => void;
}

export function NewCourse({ onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const [unit, setUnit] = useUnitChoice('librarian');
  const [{ categoryId, ...facts }, setFacts] = useState(noFacts);
  const [form, setForm] = useState<CourseView['form']>('series');
  const create = useEffectOnServer(() => {
    const course = { ...facts, form, unitId: unit?.id ?? '', ...(categoryId && { categoryId }) } satisfies CreateCourse;
    return server.post<CourseView>('/courses', course);
  }, ['/courses']);
  const submit = () =>
    create.mutate(undefined, {
      onSuccess: (course) => {
        onSaved(course);
        onClose();
      },
    });
  return (
    <FormModal
      opened
      title={t('courses.create')}
      submitLabel={t('actions.create')}
      pending={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <CourseFields facts={{ ...facts, categoryId }} error={create.error} onChange={setFacts}>
        <UnitSelect
          label={t('course.library')}
          description={t('course.libraryHint')}
          required
          value={unit}
          onChange={setUnit}
          error={fieldError(create.error, 'unitId')}
        />
        <Input.Wrapper label={t('course.form')} labelElement="div">
          <SegmentedControl
            fullWidth
            aria-label={t('course.form')}
            value={form}
            onChange={setForm}
            data={(['series', 'feature'] as const).map((value) => ({ value, label: t(`courseForms.${value}`) }))}
          />
        </Input.Wrapper>
      </CourseFields>
    </FormModal>
  );
}
