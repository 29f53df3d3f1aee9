import { Button, Group, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuidv7 } from 'uuid';
import type { LectureView, PaperReceipt, PaperSession, SiteView } from '#libs/contracts';
import { FormModal } from '../../layout/form-modal';
import { ServerSelect } from '../../layout/server-select';
import { fieldError, server } from '../../server/client';
import { useEffectOnServer } from '../../server/queries';
import { type Attendance, presentOf } from './attendance';
import { Present } from './present';
import { instantIn } from './wall-time';

const MINUTE_MS = 60_000;

interface Fields {
  readonly lecture: LectureView | null;
  readonly startedAt: string;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly present: Attendance;
  readonly headCount: number;
  readonly note: string;
}

const EMPTY: Fields = { lecture: null, startedAt: '', fromMinute: 0, toMinute: 0, present: {}, headCount: 0, note: '' };

const minutesOf = (lecture: LectureView | null) => Math.ceil((lecture?.durationMs ?? 0) / MINUTE_MS);

function paperOf(id: string, fields: Fields, zone: string): PaperSession {
  const { lecture, startedAt, fromMinute, toMinute, present, headCount, note } = fields;
  return {
    id,
    lectureId: lecture?.id ?? '',
    startedAt: instantIn(zone, startedAt) ?? '',
    fromMs: fromMinute * MINUTE_MS,
    toMs: Math.min(toMinute * MINUTE_MS, lecture?.durationMs ?? 0),
    present: presentOf(present, zone, startedAt),
    headCount,
    note: note.trim() || null,
  };
}

/** Types in a sign-in sheet. */
export function PaperButton({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('paper.typeIn')}
      </Button>
      {opened && <PaperForm site={site} onClose={() => setOpened(false)} />}
    </>
  );
}

function PaperForm({ site, onClose }: { site: SiteView; onClose: () => void }) {
  const { t } = useTranslation();
  const [fields, setFields] = useState(EMPTY);
  // One id for all tries: an answer that got lost makes no second session.
  const [id] = useState(() => uuidv7());
  const change = (changed: Partial<Fields>) => setFields((before) => ({ ...before, ...changed }));
  const send = useEffectOnServer(
    (paper: PaperSession) => server.post<PaperReceipt>(`/sites/${site.id}/paper-sessions`, paper),
    [`/sites/${site.id}/record`],
  );
  return (
    <FormModal
      opened
      title={t('paper.typeIn')}
      submitLabel={t('paper.submit')}
      pending={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() => send.mutate(paperOf(id, fields, site.timeZone), { onSuccess: onClose })}
    >
      <ServerSelect<LectureView>
        path="/lectures"
        query={{ state: 'ready' }}
        label={t('paper.lecture')}
        labelOf={({ title, courseTitle }) => `${title} · ${courseTitle}`}
        required
        data-autofocus
        value={fields.lecture}
        onChange={(lecture) => change({ lecture, fromMinute: 0, toMinute: minutesOf(lecture) })}
      />
      <When fields={fields} zone={site.timeZone} error={send.error} onChange={change} />
      <Present
        siteId={site.id}
        day={fields.startedAt.slice(0, 10)}
        attendance={fields.present}
        sent={send.variables?.present ?? []}
        error={send.error}
        onChange={(present) => change({ present })}
      />
      <NumberInput
        label={t('paper.headCount')}
        min={0}
        max={100_000}
        allowDecimal={false}
        value={fields.headCount}
        onChange={(count) => change({ headCount: Number(count) || 0 })}
      />
      <Textarea
        label={t('paper.note')}
        autosize
        minRows={2}
        maxLength={10_000}
        value={fields.note}
        onChange={({ currentTarget }) => change({ note: currentTarget.value })}
      />
    </FormModal>
  );
}

interface WhenProps {
  fields: Fields;
  zone: string;
  error: unknown;
  onChange: (changed: Partial<Fields>) => void;
}

function When({ fields, zone, error, onChange }: WhenProps) {
  const { t } = useTranslation();
  const minute = (name: 'fromMinute' | 'toMinute') => (
    <NumberInput
      label={t(`paper.${name}`)}
      min={0}
      max={minutesOf(fields.lecture)}
      allowDecimal={false}
      value={fields[name]}
      onChange={(value) => onChange({ [name]: Number(value) || 0 })}
    />
  );
  return (
    <>
      <TextInput
        type="datetime-local"
        label={t('paper.startedAt')}
        description={t('paper.zone', { zone })}
        required
        value={fields.startedAt}
        error={fieldError(error, 'startedAt')}
        onChange={({ currentTarget }) => onChange({ startedAt: currentTarget.value })}
      />
      <Group grow align="flex-start">
        {minute('fromMinute')}
        {minute('toMinute')}
      </Group>
    </>
  );
}
