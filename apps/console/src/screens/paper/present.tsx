import { Checkbox, Group, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LearnerView, PaperPresence } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import {
  type Attendance,
  type Attendee,
  type Line,
  type Refused,
  refusedLines,
  strangersIn,
  withTick,
} from './attendance';
import { useWholeRoster } from './whole-roster';

interface Props {
  siteId: string;
  /** Of the session: the roster of that day is asked for. */
  day: string;
  attendance: Attendance;
  /** As it was last sent, which is what the error is about. */
  sent: readonly PaperPresence[];
  error: unknown;
  onChange: (attendance: Attendance) => void;
}

/** Who was there, and of those who came late or left early, when. */
export function Present({ siteId, day, attendance, sent, error, onChange }: Props) {
  const { t } = useTranslation();
  const roster = useWholeRoster(siteId, day === '' ? undefined : day);
  const refused = refusedLines(sent, error);
  const count = Object.keys(attendance).length;
  const person = (who: Attendee, isStrange: boolean) => (
    <Person
      key={who.id}
      who={who}
      line={attendance[who.id]}
      refused={isStrange ? 'notOnRoster' : refused.get(who.id)}
      onTick={(isThere) => onChange(withTick(attendance, who, isThere))}
      onLine={(line) => onChange({ ...attendance, [who.id]: line })}
    />
  );
  return (
    <Answer of={roster}>
      {(learners: LearnerView[]) => (
        <Stack gap={6} role="group" aria-label={t('paper.present', { count })}>
          <Text fw={500} size="sm" component="span">
            {t('paper.present', { count })}
          </Text>
          <Text size="xs" c="dimmed">
            {t('paper.timesHint')}
          </Text>
          <ScrollArea.Autosize mah={320} type="auto">
            <Stack gap={8}>
              {strangersIn(attendance, learners).map((who) => person(who, true))}
              {learners.map((who) => person(who, false))}
            </Stack>
          </ScrollArea.Autosize>
        </Stack>
      )}
    </Answer>
  );
}

interface PersonProps {
  who: Attendee;
  line: Line | undefined;
  refused: Refused | undefined;
  onTick: (isThere: boolean) => void;
  onLine: (line: Line) => void;
}

function Person({ who: { name, code }, line, refused, onTick, onLine }: PersonProps) {
  const { t } = useTranslation();
  const time = (field: 'came' | 'went', of: Line) => (
    <TextInput
      type="time"
      size="xs"
      aria-label={field === 'came' ? t('paper.cameOf', { name }) : t('paper.wentOf', { name })}
      value={of[field]}
      onChange={({ currentTarget }) => onLine({ ...of, [field]: currentTarget.value })}
    />
  );
  return (
    <Stack gap={2} pr="sm">
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Checkbox
          label={`${name} · ${code}`}
          checked={line !== undefined}
          onChange={({ currentTarget }) => onTick(currentTarget.checked)}
        />
        {line && (
          <Group gap={4} wrap="nowrap">
            {time('came', line)}
            <span aria-hidden="true">–</span>
            {time('went', line)}
          </Group>
        )}
      </Group>
      {line && refused && (
        <Text size="xs" c="red.8" role="alert">
          {refused === 'notOnRoster' ? t('paper.notOnRoster') : t('paper.badTimes')}
        </Text>
      )}
    </Stack>
  );
}
