import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeCourse, CourseView } from '#libs/contracts';
import { CourseFields, type CourseFacts } from '../../catalogue/course-fields';
import { FormModal } from '../../layout/form-modal';
import { server } from '../../server/client';
import { useEffectOnServer } from '../../server/queries';

const factsOf = ({ title, description, language, categoryId }: CourseView): CourseFacts => ({
  title,
  description,
  language,
  categoryId,
});

export function EditCourse({ course, onClose }: { course: CourseView; onClose: () => void }) {
  const { t } = useTranslation();
  const [facts, setFacts] = useState(() => factsOf(course));
  const save = useEffectOnServer(
    () => server.patch(`/courses/${course.id}`, facts satisfies ChangeCourse),
    ['/courses', '/lectures'],
  );
  return (
    <FormModal
      opened
      title={t('course.edit')}
      submitLabel={t('actions.save')}
      pending={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate(undefined, { onSuccess: onClose })}
    >
      <CourseFields facts={facts} error={save.error} onChange={setFacts} />
    </FormModal>
  );
}
