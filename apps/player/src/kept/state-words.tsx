import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { keptLines } from './keep-quality.js';
import { sizeOf, type KeptLecture } from './kept-lecture.js';
import type { Keeping } from './kept-library.js';
import styles from './kept.module.css';
import { sizeWords } from './sizes.js';
import { useKept } from './use-kept.js';

/** What a lecture waits for, in the words of the screen. */
function waitingWords(keeping: Keeping, t: TFunction, language: string): string {
  if (keeping.does !== 'waits') return t('keep.state.turn');
  if (keeping.for === 'link') return t('keep.state.link');
  const time = new Intl.DateTimeFormat(language, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  return keeping.for === 'hours'
    ? t('keep.state.hours', { at: time.format(keeping.untilMs) })
    : t('keep.state.month', { at: day.format(keeping.untilMs) });
}

function troubleWords({ trouble, isReleased }: KeptLecture, t: TFunction): string | undefined {
  if (isReleased) return t('keep.state.released');
  if (trouble === 'damaged') return t('keep.state.damaged');
  if (trouble === 'no-room') return t('keep.state.noRoom');
  if (trouble === 'forged') return t('keep.state.forged');
  return trouble === 'gone' ? t('keep.state.gone') : undefined;
}

function wordsOf(kept: KeptLecture, keeping: Keeping, t: TFunction, language: string): string {
  const trouble = troubleWords(kept, t);
  if (trouble !== undefined) return trouble;
  if (kept.isWhole) return t('keep.state.kept');
  const isOwnTurn = keeping.does === 'fetches' && keeping.lectureId === kept.lectureId;
  return isOwnTurn ? t('keep.state.fetching') : waitingWords(keeping, t, language);
}

/** How far a lecture is on this device, and in which quality. */
export function StateWords({ kept }: { kept: KeptLecture }) {
  const { t, i18n } = useTranslation();
  const { keeping } = useKept();
  return (
    <span className={styles.state}>
      <span className={kept.isWhole ? styles.good : undefined}>{wordsOf(kept, keeping, t, i18n.language)}</span>
      {kept.manifest && <Sizes kept={kept} lines={keptLines(kept.manifest)} />}
    </span>
  );
}

function Sizes({ kept, lines }: { kept: KeptLecture; lines: number }) {
  const { t, i18n } = useTranslation();
  const size = sizeOf(kept);
  const words = (bytes: number) => sizeWords(bytes, i18n.language);
  return (
    <>
      <span>{kept.isWhole ? words(size) : t('keep.of', { kept: words(kept.keptBytes), size: words(size) })}</span>
      <span>{lines === 0 ? t('player.qualityAudio') : t('keep.lines', { lines })}</span>
      {!kept.isWhole && (
        <progress className={styles.progress} max={size} value={kept.keptBytes} aria-label={kept.lecture.title} />
      )}
    </>
  );
}
