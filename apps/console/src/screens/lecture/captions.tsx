import { Button, FileInput, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaptionView } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { ConfirmButton } from '../../layout/confirm-button';
import { DataTable } from '../../layout/data-table';
import { FormModal } from '../../layout/form-modal';
import { server } from '../../server/client';
import { useEffectOnServer, useReading } from '../../server/queries';

/** Each language named in itself, as the player's menu will show it. */
const names: Readonly<Record<string, string>> = { 'zh-CN': '中文', en: 'English' };

export function Captions({ lectureId }: { lectureId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const path = `/lectures/${lectureId}/captions`;
  const captions = useReading<{ items: CaptionView[] }>(path);
  const remove = useEffectOnServer((language: string) => server.remove(`${path}/${language}`), [path]);
  const [adding, setAdding] = useState(false);
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between">
        <Title order={2}>{t('captions.title')}</Title>
        <Button variant="default" size="xs" onClick={() => setAdding(true)}>
          {t('captions.add')}
        </Button>
      </Group>
      <Answer of={captions}>
        {({ items }) => (
          <DataTable
            caption={t('captions.title')}
            rows={items}
            rowKey={({ language }) => language}
            empty={t('captions.none')}
            columns={[
              { heading: t('captions.label'), cell: ({ label }) => label },
              { heading: t('course.language'), cell: ({ language }) => language },
              { heading: t('uploads.size'), kind: 'number', cell: ({ bytes }) => format.bytes(bytes) },
              {
                heading: '',
                kind: 'actions',
                cell: ({ language, label }) => (
                  <ConfirmButton
                    label={t('actions.delete')}
                    describedAs={`${t('actions.delete')}: ${label}`}
                    question={t('captions.deleteQuestion', { label })}
                    consequence={t('captions.deleteConsequence')}
                    effect={() => remove.mutateAsync(language)}
                  />
                ),
              },
            ]}
          />
        )}
      </Answer>
      {adding && <CaptionForm path={path} onClose={() => setAdding(false)} />}
    </Stack>
  );
}

function CaptionForm({ path, onClose }: { path: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState('zh-CN');
  const [label, setLabel] = useState(names[language] ?? '');
  const [file, setFile] = useState<File | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const save = useEffectOnServer(
    async (chosen: File) => server.putText(`${path}/${language}`, { label }, await chosen.text(), 'text/vtt'),
    [path],
  );
  const submit = () => {
    setIsMissing(file === null);
    if (file) save.mutate(file, { onSuccess: onClose });
  };
  return (
    <FormModal
      opened
      title={t('captions.add')}
      submitLabel={t('captions.submit')}
      pending={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <Text size="sm" c="dimmed">
        {t('captions.hint')}
      </Text>
      <NativeSelect
        label={t('course.language')}
        value={language}
        onChange={({ currentTarget: { value } }) => {
          setLanguage(value);
          setLabel(names[value] ?? value);
        }}
        data={Object.entries(names).map(([value, name]) => ({ value, label: name }))}
      />
      <TextInput
        label={t('captions.label')}
        required
        maxLength={100}
        value={label}
        onChange={({ currentTarget }) => setLabel(currentTarget.value)}
      />
      <FileInput
        label={t('captions.file')}
        placeholder={t('captions.choose')}
        required
        accept=".vtt,text/vtt"
        value={file}
        onChange={setFile}
        error={isMissing && t('captions.missing')}
      />
    </FormModal>
  );
}
