import type { HallView, LectureView } from '#libs/contracts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import styles from './hall.module.css';
import { smallPhoto } from './photo.js';

/** What is written when a hall closes. */
export interface Written {
  readonly note: string;
  readonly speakers: readonly string[];
  readonly photo: Blob | undefined;
}

export const NOTHING_WRITTEN: Written = { note: '', speakers: [], photo: undefined };

interface Props {
  roster: HallView['roster'];
  everybody: readonly string[];
  /** What follows, when this was one lecture of a list. */
  next: LectureView | undefined;
  onFinish: (written: Written, goesOn: boolean) => Promise<void>;
  onGoOn?: () => void;
}

/** The lecture is over: what was discussed, and by whom? */
export function Closing({ roster, everybody, next, onFinish, onGoOn }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const [speakers, setSpeakers] = useState<readonly string[]>([]);
  const [photo, setPhoto] = useState<Blob>();
  const [isBusy, setIsBusy] = useState(false);
  const were = roster.filter(({ id }) => everybody.includes(id));
  const finish = (goesOn: boolean) => {
    setIsBusy(true);
    void onFinish({ note: note.trim(), speakers, photo }, goesOn);
  };
  return (
    <form
      className={styles.closing}
      onSubmit={(event) => {
        event.preventDefault();
        finish(false);
      }}
    >
      <h1>{t('hall.closing')}</h1>
      <Note note={note} onChange={setNote} />
      {were.length > 0 && <Speakers were={were} speakers={speakers} onChange={setSpeakers} />}
      <Photo photo={photo} onChange={setPhoto} />
      <Endings next={next} isBusy={isBusy} onNext={() => finish(true)} onGoOn={onGoOn} />
    </form>
  );
}

function Note({ note, onChange }: { note: string; onChange: (note: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className={controls.field}>
      <label htmlFor="note">{t('hall.note')}</label>
      <textarea
        id="note"
        className={controls.input}
        rows={4}
        maxLength={10_000}
        autoFocus
        value={note}
        aria-describedby="note-hint"
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <span id="note-hint" className={controls.hint}>
        {t('hall.noteHint')}
      </span>
    </div>
  );
}

interface EndingsProps extends Pick<Props, 'next' | 'onGoOn'> {
  isBusy: boolean;
  onNext: () => void;
}

function Endings({ next, isBusy, onNext, onGoOn }: EndingsProps) {
  const { t } = useTranslation();
  return (
    <>
      {next && <p id="next-title">{t('hall.nextIs', { title: next.title })}</p>}
      <div className={controls.row}>
        {next && (
          <button
            type="button"
            className={controls.primary}
            disabled={isBusy}
            aria-describedby="next-title"
            onClick={onNext}
          >
            {t('hall.saveNext')}
          </button>
        )}
        <button type="submit" className={next ? controls.button : controls.primary} disabled={isBusy}>
          {t('hall.finish')}
        </button>
        {onGoOn && (
          <button type="button" className={controls.button} onClick={onGoOn}>
            {t('hall.goOn')}
          </button>
        )}
      </div>
    </>
  );
}

interface SpeakersProps {
  were: HallView['roster'];
  speakers: readonly string[];
  onChange: (speakers: readonly string[]) => void;
}

function Speakers({ were, speakers, onChange }: SpeakersProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.speakers}>
      <legend>{t('hall.speakers')}</legend>
      <ul className={styles.people}>
        {were.map(({ id, name }) => (
          <li key={id}>
            <label className={speakers.includes(id) ? `${styles.person} ${styles.present}` : styles.person}>
              <input
                type="checkbox"
                checked={speakers.includes(id)}
                onChange={({ currentTarget }) =>
                  onChange(currentTarget.checked ? [...speakers, id] : speakers.filter((speaker) => speaker !== id))
                }
              />
              <span className={styles.name}>{name}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface PhotoProps {
  photo: Blob | undefined;
  onChange: (photo: Blob | undefined) => void;
}

/** Of the paper minutes, never of the room. */
function Photo({ photo, onChange }: PhotoProps) {
  const { t } = useTranslation();
  const [isRefused, setIsRefused] = useState(false);
  const choose = async (file: File | undefined) => {
    const small = file && (await smallPhoto(file));
    setIsRefused(file !== undefined && small === undefined);
    onChange(small);
  };
  return (
    <div className={controls.field}>
      <label htmlFor="photo">{t('hall.photo')}</label>
      <input
        id="photo"
        type="file"
        accept="image/*"
        capture="environment"
        className={controls.input}
        aria-describedby="photo-hint"
        onChange={({ currentTarget }) => void choose(currentTarget.files?.[0])}
      />
      <span id="photo-hint" className={controls.hint}>
        {t('hall.photoHint')}
      </span>
      {isRefused && <span role="alert">{t('hall.photoRefused')}</span>}
      {photo && <Preview photo={photo} />}
    </div>
  );
}

function Preview({ photo }: { photo: Blob }) {
  const { t } = useTranslation();
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(photo);
    if (image.current) image.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [photo]);
  return <img ref={image} className={styles.preview} alt={t('hall.photoPreview')} />;
}
