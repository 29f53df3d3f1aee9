import type { LectureView, PlayGrant } from '#libs/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { KeepLecture } from '../kept/keep-panel.js';
import controls from '../layout/controls.module.css';
import { Failure, Loading, Notice } from '../layout/notice.js';
import { ReadingView } from '../layout/reading-view.js';
import { useRead } from '../server/use-read.js';
import { useViewer } from '../viewer/use-viewer.js';
import { clockTime } from './clock-time.js';
import { LecturePlayer } from './lecture-player.js';
import styles from './lecture.module.css';
import { usePlayGrant } from './use-play-grant.js';
import { audienceOf, usePlaySession } from './use-play-session.js';
import { useWatched } from './use-watched.js';
import { WatchedWords } from './watched-map.js';

export function LectureScreen({ id }: { id: string }) {
  const lecture = useRead<LectureView>(`/lectures/${id}`);
  return <ReadingView reader={lecture}>{(found) => <Lecture key={found.id} lecture={found} />}</ReadingView>;
}

function Lecture({ lecture }: { lecture: LectureView }) {
  const { t } = useTranslation();
  return (
    <article className={styles.lecture}>
      <Link href={`/courses/${lecture.courseId}`} className={styles.back}>
        {t('lecture.backToCourse', { course: lecture.courseTitle })}
      </Link>
      <h1 lang={lecture.language}>{lecture.title}</h1>
      {lecture.watchable ? <Watching lecture={lecture} /> : <Notice>{t('lecture.notWatchable')}</Notice>}
      <p className={styles.description} lang={lecture.language}>
        {lecture.description}
      </p>
    </article>
  );
}

function Watching({ lecture }: { lecture: LectureView }) {
  const { t } = useTranslation();
  const { grant, refused, renew } = usePlayGrant(lecture.id);
  if (grant) return <Granted lecture={lecture} grant={grant} renewGrant={renew} />;
  if (refused === 'no-link') return <Notice>{t('lecture.offlineWaiting')}</Notice>;
  return refused ? <Failure reason={refused} again={renew} /> : <Loading />;
}

interface GrantedProps {
  lecture: LectureView;
  grant: PlayGrant;
  renewGrant: () => void;
}

function Granted({ lecture, grant, renewGrant }: GrantedProps) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const audience = useMemo(() => audienceOf(viewer), [viewer]);
  const learnerId = viewer.person?.learnerId;
  const watched = useWatched(lecture.id, grant.editionId, learnerId);
  const recorded = usePlaySession(grant, audience, watched.add);
  return (
    <>
      <LecturePlayer
        lecture={lecture}
        grant={grant}
        renewGrant={renewGrant}
        session={recorded?.session}
        keeper={recorded?.keeper}
        watched={learnerId ? watched.intervals : undefined}
      />
      {learnerId && <WatchedWords intervals={watched.intervals} durationMs={grant.durationMs} />}
      {grant.resumeMs > 0 && (
        <p className={controls.hint}>{t('lecture.resumed', { time: clockTime(grant.resumeMs) })}</p>
      )}
      <WhoseRecord lectureId={lecture.id} />
      <KeepLecture lecture={lecture} />
      <p className={controls.hint}>{t('player.keys')}</p>
    </>
  );
}

/** Says when watching is not recorded for the person who sits here. */
function WhoseRecord({ lectureId }: { lectureId: string }) {
  const { t } = useTranslation();
  const { person, device } = useViewer();
  if (person?.learnerId) return null;
  if (person || !device) return <p className={controls.hint}>{t('lecture.unrecorded')}</p>;
  return (
    <p className={controls.row}>
      <span className={controls.hint}>{t('lecture.hallHint', { site: device.siteName })}</span>
      <Link href={`/hall/${lectureId}`} className={controls.button}>
        {t('lecture.toHall')}
      </Link>
    </p>
  );
}
