import { Stack, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Page, UploadView } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { DropZone } from '../../layout/drop-zone';
import { UploadIcon } from '../../layout/icons';
import { ProblemAlert } from '../../layout/problem-alert';
import { Screen } from '../../layout/screen';
import { server } from '../../server/client';
import { usePages } from '../../server/queries';
import { draftOf, type Draft } from './draft';
import { Drafts } from './drafts';
import { Earlier, Unfinished } from './earlier';
import { ACCEPTED, unfinished, uploadOf } from './file-choice';
import { UnderWay } from './under-way';
import { useDesk, useUploadItems } from './uploads-provider';

/** The server's newest word on what is unfinished; without one, every file counts as new. */
async function askUnfinished(underWay: ReadonlySet<string>): Promise<UploadView[]> {
  const { items } = await server.get<Page<UploadView>>('/uploads', { limit: 200 });
  return unfinished(items, underWay);
}

export function UploadsScreen() {
  const { t } = useTranslation();
  const desk = useDesk();
  const items = useUploadItems();
  const client = useQueryClient();
  const uploads = usePages<UploadView>('/uploads');
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const [error, setError] = useState<unknown>(null);
  const underWay = new Set(items.flatMap(({ uploadId }) => uploadId ?? []));
  const open = unfinished(uploads.items, underWay);
  const phases = items.map(({ key, phase }) => `${key} ${phase}`).join();

  useEffect(() => void client.invalidateQueries({ queryKey: ['/uploads'] }), [client, phases]);

  /** A file that was begun before goes on at once; all others ask for their lecture. */
  const take = async (files: File[]) => {
    try {
      const known = await askUnfinished(underWay);
      const begun = files.map((file) => ({ file, upload: uploadOf(file, known) }));
      for (const { file, upload } of begun) {
        if (upload) desk.add(file, { id: upload.lectureId, title: upload.lectureTitle }, upload.id);
      }
      setDrafts((all) => [...all, ...begun.filter(({ upload }) => !upload).map(({ file }) => draftOf(file))]);
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  };

  return (
    <Screen title={t('areas.uploads')} about={t('uploads.about')}>
      <DropZone
        icon={<UploadIcon size={32} />}
        title={t('uploads.drop')}
        hint={t('uploads.dropHint')}
        choose={t('uploads.choose')}
        accept={ACCEPTED}
        onFiles={(files) => void take(files)}
      />
      <ProblemAlert error={error} />
      {drafts.length > 0 && <Drafts drafts={drafts} onChange={setDrafts} />}
      {items.length > 0 && (
        <Stack gap="sm" component="section">
          <Title order={2}>{t('uploads.underWay')}</Title>
          <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {items.map((item) => (
              <UnderWay key={item.key} item={item} />
            ))}
          </Stack>
        </Stack>
      )}
      {open.length > 0 && <Unfinished uploads={open} />}
      <Answer of={uploads}>
        {() => (
          <Earlier
            uploads={uploads.items.filter(({ id, state }) => state !== 'receiving' && !underWay.has(id))}
            pages={uploads}
          />
        )}
      </Answer>
    </Screen>
  );
}
