import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CourseView } from '#libs/contracts';
import { nameOf } from '../../catalogue/categories';
import { CategorySelect, useCategories } from '../../catalogue/category-select';
import { NewCourse } from '../../catalogue/new-course';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { RowName } from '../../layout/row-name';
import { Screen } from '../../layout/screen';
import { SearchField } from '../../layout/search-field';
import { usePages } from '../../server/queries';
import { useHolds } from '../../session/session';

export function CoursesScreen() {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const [, go] = useLocation();
  const mayEdit = useHolds('librarian');
  const categories = useCategories();
  const [q, setQ] = useState('');
  const [categoryId, setCategoryId] = useState<string | null>(null);
  const [creating, setCreating] = useState(false);
  const courses = usePages<CourseView>('/courses', { q, categoryId });
  const categoryOf = ({ categoryId: id }: CourseView) => {
    const category = categories.find((known) => known.id === id);
    return category ? nameOf(category, i18n.language) : '–';
  };
  return (
    <Screen
      title={t('areas.courses')}
      about={t('courses.about')}
      actions={mayEdit && <Button onClick={() => setCreating(true)}>{t('courses.create')}</Button>}
    >
      <Group gap="sm">
        <SearchField label={t('courses.search')} onSearch={setQ} />
        <CategorySelect
          aria-label={t('course.category')}
          placeholder={t('courses.allCategories')}
          value={categoryId}
          onChange={setCategoryId}
          style={{ flex: '1 1 12rem' }}
        />
      </Group>
      <Answer of={courses}>
        {() => (
          <DataTable
            caption={t('areas.courses')}
            rows={courses.items}
            rowKey={({ id }) => id}
            empty={t(q || categoryId ? 'states.nothingFound' : 'courses.none')}
            pages={courses}
            columns={[
              {
                heading: t('course.title'),
                cell: ({ id, title, form }) => (
                  <RowName href={`/courses/${id}`} below={t(`courseForms.${form}`)}>
                    {title}
                  </RowName>
                ),
              },
              { heading: t('course.category'), cell: categoryOf },
              { heading: t('course.library'), cell: ({ unitName }) => unitName },
              {
                heading: t('course.lectures'),
                kind: 'number',
                cell: ({ lectureCount }) => format.number(lectureCount),
              },
            ]}
          />
        )}
      </Answer>
      {creating && <NewCourse onClose={() => setCreating(false)} onSaved={({ id }) => go(`/courses/${id}`)} />}
    </Screen>
  );
}
