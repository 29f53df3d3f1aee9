import type { LectureView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import controls from '../layout/controls.module.css';
import { Failure, Loading, Notice } from '../layout/notice.js';
import { Poster } from '../layout/poster.js';
import { useKept } from '../kept/use-kept.js';
import { clockTime } from '../lecture/clock-time.js';
import { useServices } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';
import styles from './hall.module.css';
import { Unfinished, useKeptDraft } from './unfinished.js';
import { beginProgramme, useProgramme } from './use-programme.js';

/** The lectures of a list, where the hall begins with one of them. */
export function ProgrammeScreen({ list }: { list: string }) {
  const { t } = useTranslation();
  const reading = useProgramme(list);
  if (reading.state === 'loading') return <Loading />;
  if (reading.state === 'failed') return <Failure reason={reading.reason} />;
  const { course, lectures } = reading;
  const title = course?.title ?? t('hall.siteList');
  return (
    <div className={controls.stack}>
      <Link href="/hall/lists">{t('hall.lists')}</Link>
      <h1 lang={course?.language}>{title}</h1>
      {lectures.length === 0 ? <Notice>{t('hall.listEmpty')}</Notice> : <Beginning title={title} lectures={lectures} />}
    </div>
  );
}

interface Props {
  title: string;
  lectures: readonly LectureView[];
}

/** One hall has one session: before that is closed nothing else begins. */
function Beginning(props: Props) {
  const { isRead, draft } = useKeptDraft();
  if (!isRead) return <Loading />;
  return draft?.running ? <Unfinished draft={draft} running={draft.running} /> : <Lectures {...props} />;
}

function Lectures({ title, lectures }: Props) {
  const { t } = useTranslation();
  const services = useServices();
  const viewer = useViewer();
  const [, navigate] = useLocation();
  const begin = async (lectureId: string) => {
    await beginProgramme(services, viewer, { title, lectures, lectureId });
    navigate(`/hall/${lectureId}`);
  };
  return (
    <>
      <p>{t('hall.listStart')}</p>
      <ol className={styles.grid}>
        {lectures.map((lecture, index) => (
          <li key={lecture.id}>
            <button
              type="button"
              className={styles.choice}
              autoFocus={index === 0}
              onClick={() => void begin(lecture.id)}
            >
              <Poster url={lecture.posterUrl} title={lecture.title} />
              <strong lang={lecture.language}>
                {index + 1}. {lecture.title}
              </strong>
              <Facts lecture={lecture} />
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Which of them play while the link is down, a hall must know before it begins. */
function Facts({ lecture: { id, durationMs } }: { lecture: LectureView }) {
  const { t } = useTranslation();
  const { lectures } = useKept();
  const isHere = lectures.some(({ lectureId, isWhole }) => lectureId === id && isWhole);
  return (
    <span className={controls.hint}>
      {clockTime(durationMs ?? 0)}
      {isHere && ` · ${t('keep.state.kept')}`}
    </span>
  );
}
