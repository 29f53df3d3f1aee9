import { Button, List, Stack, Text, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BundleAnswer, BundleView } from '#libs/contracts';
import { DataTable } from '../../layout/data-table';
import { DropZone } from '../../layout/drop-zone';
import { FileIcon } from '../../layout/icons';
import { ProblemAlert } from '../../layout/problem-alert';
import { Screen } from '../../layout/screen';
import { server } from '../../server/client';

/** One file that was chosen, and what became of it, if that is known by now. */
interface Brought {
  readonly key: number;
  readonly name: string;
  readonly answer?: BundleAnswer;
  readonly error?: unknown;
}

/** Where files from devices without a link are brought in, one after the other. */
export function FilesScreen() {
  const { t } = useTranslation();
  const [brought, setBrought] = useState<readonly Brought[]>([]);
  const nextKey = useRef(0);
  const bring = async (files: File[]) => {
    const queued = files.map((file) => ({ file, key: nextKey.current++ }));
    setBrought((before) => [...queued.map(({ key, file }) => ({ key, name: file.name })), ...before]);
    for (const { key, file } of queued) {
      const outcome = await outcomeOf(file);
      setBrought((before) => before.map((one) => (one.key === key ? { ...one, ...outcome } : one)));
    }
  };
  return (
    <Screen title={t('files.title')} about={t('files.about')}>
      <DropZone
        icon={<FileIcon size={32} />}
        title={t('files.drop')}
        hint={t('files.dropHint')}
        choose={t('files.choose')}
        onFiles={(files) => void bring(files)}
      />
      <Stack gap="sm" component="section" aria-live="polite">
        <Title order={2}>{t('files.results')}</Title>
        <DataTable
          caption={t('files.results')}
          rows={brought}
          rowKey={({ key }) => String(key)}
          empty={t('files.none')}
          columns={[
            { heading: t('files.file'), cell: ({ name }) => <Text size="sm" fw={600} children={name} /> },
            { heading: t('files.outcome'), cell: (one) => <Outcome of={one} /> },
            { heading: t('files.receipt'), kind: 'actions', cell: (one) => <Receipt of={one} /> },
          ]}
        />
      </Stack>
    </Screen>
  );
}

const outcomeOf = async (file: File): Promise<Pick<Brought, 'answer' | 'error'>> => {
  try {
    return { answer: await server.postFile<BundleAnswer>('/tracking/bundles', file) };
  } catch (error) {
    return { error };
  }
};

function Outcome({ of: { answer, error } }: { of: Brought }) {
  const { t } = useTranslation();
  if (error) return <ProblemAlert error={error} />;
  if (!answer) return t('files.working');
  const sum = (count: (bundle: BundleView) => number) =>
    answer.bundles.reduce((total, bundle) => total + count(bundle), 0);
  const counts = ['acknowledged', 'held', 'refused', 'notYours', 'refusedItems'] as const;
  const said = counts
    .map((name) => ({ name, count: sum((bundle) => bundle[name]) }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => t(`files.${name}`, { count }));
  const faults = [...new Set(answer.bundles.flatMap(({ fault }) => fault ?? []))];
  return (
    <List size="sm">
      {[...said, ...faults.map((fault) => t(`bundleFaults.${fault}`))].map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}

function Receipt({ of: { name, answer } }: { of: Brought }) {
  const { t } = useTranslation();
  if (!answer?.receipt) return null;
  return (
    <Button
      component="a"
      size="xs"
      variant="default"
      href={`data:application/octet-stream,${encodeURIComponent(answer.receipt)}`}
      download={`${name}.receipt`}
      aria-label={t('files.saveReceiptOf', { name })}
    >
      {t('files.saveReceipt')}
    </Button>
  );
}
