import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { Notice } from '../layout/notice.js';
import { useServices } from '../services.js';
import type { KeptLecture } from './kept-lecture.js';
import type { KeptLibrary } from './kept-library.js';
import styles from './kept.module.css';
import { KeepPicked, Orders } from './orders.js';
import { canKeep } from './room.js';
import { sizeWords } from './sizes.js';
import { StateWords } from './state-words.js';
import { useKept, useRoom } from './use-kept.js';

/** What lies on this device, what is still to come, and how much room there is. */
export function KeptScreen() {
  const { t } = useTranslation();
  return (
    <div className={controls.stack}>
      <h1>{t('keep.title')}</h1>
      {canKeep() ? <Shelf /> : <Notice>{t('keep.impossible')}</Notice>}
    </div>
  );
}

function Shelf() {
  const { t, i18n } = useTranslation();
  const { lectures } = useKept();
  const room = useRoom();
  const [words, setWords] = useState('');
  const keptBytes = lectures.reduce((sum, kept) => sum + kept.keptBytes, 0);
  const size = (bytes: number) => sizeWords(bytes, i18n.language);
  const sought = words.trim().toLocaleLowerCase();
  const found = lectures.filter(({ lecture: { title, courseTitle } }) =>
    `${title} ${courseTitle}`.toLocaleLowerCase().includes(sought),
  );
  return (
    <>
      {room && (
        <p>
          {keptBytes > 0
            ? t('keep.room', { kept: size(keptBytes), free: size(room.freeBytes) })
            : t('keep.roomOnly', { free: size(room.freeBytes) })}
        </p>
      )}
      <KeepPicked />
      <Orders />
      {lectures.length === 0 && <Notice>{t('keep.none')}</Notice>}
      {lectures.length > 0 && (
        <div className={`${controls.field} ${controls.narrow}`} role="search">
          <label htmlFor="kept-search">{t('keep.search')}</label>
          <input
            id="kept-search"
            type="search"
            className={controls.input}
            maxLength={100}
            value={words}
            onChange={({ currentTarget }) => setWords(currentTarget.value)}
          />
        </div>
      )}
      {lectures.length > 0 && found.length === 0 && <Notice>{t('keep.noneFound')}</Notice>}
      <ul className={styles.list}>
        {found.map((kept) => (
          <Item key={kept.lectureId} kept={kept} />
        ))}
      </ul>
    </>
  );
}

function Item({ kept }: { kept: KeptLecture }) {
  const { kept: library } = useServices();
  const { lecture } = kept;
  return (
    <li className={styles.item}>
      <span className={styles.words}>
        <Link href={`/lectures/${lecture.id}`} className={styles.name} lang={lecture.language}>
          {lecture.title}
        </Link>
        <span className={controls.hint} lang={lecture.language}>
          {lecture.courseTitle}
        </span>
        <StateWords kept={kept} />
      </span>
      <Buttons kept={kept} library={library} />
    </li>
  );
}

/** Each says which lecture it means, since there are many of them. */
function Buttons({ kept, library }: { kept: KeptLecture; library: KeptLibrary }) {
  const { t } = useTranslation();
  const { lectureId, isPinned, isReleased, trouble, lecture } = kept;
  const { title } = lecture;
  const isStuck = isReleased || trouble !== undefined;
  return (
    <span className={controls.row}>
      {isStuck && (
        <button
          type="button"
          className={controls.button}
          aria-label={t('keep.againOf', { title })}
          onClick={() => void library.again(lectureId)}
        >
          {t('keep.again')}
        </button>
      )}
      <button
        type="button"
        className={controls.button}
        aria-label={isPinned ? t('keep.unpinOf', { title }) : t('keep.pinOf', { title })}
        onClick={() => void library.change(lectureId, { isPinned: !isPinned })}
      >
        {isPinned ? t('keep.unpin') : t('keep.pin')}
      </button>
      <Remove kept={kept} library={library} />
    </span>
  );
}

/** What has cost megabytes is not gone by one press. The first button keeps the focus, and takes the question back. */
function Remove({ kept: { lectureId, keptBytes, lecture }, library }: { kept: KeptLecture; library: KeptLibrary }) {
  const { t, i18n } = useTranslation();
  const [isAsked, setIsAsked] = useState(false);
  const { title } = lecture;
  const remove = () => void library.remove(lectureId);
  return (
    <>
      <button
        type="button"
        className={controls.button}
        aria-expanded={isAsked}
        aria-label={isAsked ? t('keep.stayOf', { title }) : t('keep.removeOf', { title })}
        onClick={() => (keptBytes > 0 ? setIsAsked(!isAsked) : remove())}
      >
        {isAsked ? t('keep.stay') : t('keep.remove')}
      </button>
      {isAsked && (
        <>
          <span role="status">{t('keep.removeCost', { size: sizeWords(keptBytes, i18n.language) })}</span>
          <button
            type="button"
            className={controls.button}
            aria-label={t('keep.removeNowOf', { title })}
            onClick={remove}
          >
            {t('keep.removeNow')}
          </button>
        </>
      )}
    </>
  );
}
