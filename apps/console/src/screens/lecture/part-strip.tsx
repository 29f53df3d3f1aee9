import { Group, Text, VisuallyHidden } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../language/use-format';
import css from './part-strip.module.css';
import { type Part, sumOf } from './parts';

/** A sign for each state beside its colour and its border; words for a screen reader. */
const signs = { waiting: '…', done: '✓', failed: '!', again: '↻' } as const;

/** The parts of the picture in their order: how far each is, and what viewers can watch by now. */
export function PartStrip({ parts }: { parts: readonly Part[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { done, failed, watchableMs } = sumOf(parts);
  return (
    <div>
      <Text size="sm" role="status" mb="xs">
        {t('pipeline.partsDone', { done: format.number(done), all: format.number(parts.length) })}
        {failed > 0 && ` · ${t('pipeline.partsFailed', { failed: format.number(failed) })}`}
        {watchableMs > 0 && ` · ${t('pipeline.watchableTo', { length: format.length(watchableMs) })}`}
      </Text>
      <ol className={css.strip} aria-label={t('pipeline.parts')}>
        {parts.map((part) => (
          <PartCell key={part.chunkIndex} part={part} />
        ))}
      </ol>
      <Legend />
    </div>
  );
}

function PartCell({ part }: { part: Part }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { chunkIndex, fromMs, toMs, state, progress, failure, watchable } = part;
  const willBeTriedAgain = state === 'waiting' && failure !== undefined;
  const sign = state === 'running' ? format.percent(progress) : signs[willBeTriedAgain ? 'again' : state];
  const place = t('pipeline.part', {
    number: format.number(chunkIndex + 1),
    from: format.length(fromMs),
    to: format.length(toMs),
  });
  const words = [
    place,
    willBeTriedAgain ? t('pipeline.again') : t(`jobStates.${state}`),
    ...(state === 'running' ? [format.percent(progress)] : []),
    ...(watchable ? [t('pipeline.watchable')] : []),
  ].join(', ');
  return (
    <li
      className={css.part}
      title={words}
      data-state={state}
      data-watchable={watchable || undefined}
      style={{ '--share': `${progress * 100}%` } as CSSProperties}
    >
      <VisuallyHidden>{words}</VisuallyHidden>
      <span className={css.number} aria-hidden="true">
        {chunkIndex + 1}
      </span>
      <span aria-hidden="true">{sign}</span>
    </li>
  );
}

function Legend() {
  const { t } = useTranslation();
  const entries = [
    [signs.waiting, t('jobStates.waiting')],
    [signs.done, t('jobStates.done')],
    [signs.again, t('pipeline.again')],
    [signs.failed, t('jobStates.failed')],
    ['▁', t('pipeline.watchable')],
  ] as const;
  return (
    <Group gap="md" mt="xs" aria-hidden="true">
      {entries.map(([sign, word]) => (
        <Text key={sign} size="xs" c="dimmed">
          {sign} {word}
        </Text>
      ))}
    </Group>
  );
}
