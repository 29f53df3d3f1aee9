import type { EnrolledDevice, HallView, LectureView } from '#libs/contracts';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import controls from '../layout/controls.module.css';
import { Loading } from '../layout/notice.js';
import { ReadingView } from '../layout/reading-view.js';
import { useRead } from '../server/use-read.js';
import { useServices } from '../services.js';
import { CutOff } from './cut-off.js';
import { AT_ONCE, Between } from './follow.js';
import { HallDesk } from './hall-desk.js';
import { HallSession } from './hall-session.js';
import { HeadCount } from './head-count.js';
import type { RollDraft } from './roll-draft.js';
import { Roster } from './roster.js';
import { Count } from './side-panel.js';
import { Unfinished, useKeptDraft } from './unfinished.js';

interface ScreenProps {
  lectureId: string;
  device: EnrolledDevice;
}

/** Takes the roll for one lecture and starts it. Needs no link once roster and lecture have been read. */
export function RollCallScreen({ lectureId, device }: ScreenProps) {
  const lecture = useRead<LectureView>(`/lectures/${lectureId}`);
  const hall = useRead<HallView>('/device');
  const { isRead, draft } = useKeptDraft();
  if (!isRead) return <Loading />;
  // One hall has one session: another lecture waits until it is closed.
  if (draft?.running && draft.lectureId !== lectureId) return <Unfinished draft={draft} running={draft.running} />;
  const kept = draft?.lectureId === lectureId ? draft : { lectureId, present: [], headCount: 0 };
  return (
    <ReadingView reader={lecture}>
      {(found) => (
        <ReadingView reader={hall}>
          {(room) => <RollCall lecture={found} hall={room} kept={kept} device={device} />}
        </ReadingView>
      )}
    </ReadingView>
  );
}

interface Props {
  lecture: LectureView;
  hall: HallView;
  kept: RollDraft;
  device: EnrolledDevice;
}

function RollCall({ lecture, hall, kept, device }: Props) {
  const { db, boot } = useServices();
  const [params] = useSearchParams();
  const [first] = useState(kept);
  const desk = useMemo(() => new HallDesk(db, first, boot.clockMs), [db, first, boot]);
  const isAtOnce = first.followsIn === boot.id && params.has(AT_ONCE);
  const [isRunning, setIsRunning] = useState(isAtOnce);
  const [isAnew, setIsAnew] = useState(false);
  const start = () => setIsRunning(true);
  if (isRunning) return <HallSession lecture={lecture} hall={hall} device={device} desk={desk} />;
  if (first.running) return <CutOff running={first.running} roster={hall.roster} desk={desk} onCarryOn={start} />;
  if (first.followsIn && !isAnew) {
    const same = () => {
      desk.follow(boot.id);
      start();
    };
    const anew = () => {
      desk.takeRollAnew();
      setIsAnew(true);
    };
    return <Between draft={first} title={lecture.title} language={lecture.language} onSame={same} onAnew={anew} />;
  }
  return <BeforeStart lecture={lecture} roster={hall.roster} desk={desk} onStart={start} />;
}

interface BeforeProps {
  lecture: LectureView;
  roster: HallView['roster'];
  desk: HallDesk;
  onStart: () => void;
}

function BeforeStart({ lecture, roster, desk, onStart }: BeforeProps) {
  const { t } = useTranslation();
  const { present, headCount, programme } = useSyncExternalStore(desk.subscribe, desk.current);
  return (
    <div className={controls.stack}>
      <Link href="/hall">{t('hall.choose')}</Link>
      <h1 lang={lecture.language}>{lecture.title}</h1>
      {programme && <p>{t('hall.ofList', { list: programme.title, count: programme.rest.length })}</p>}
      <button type="button" className={`${controls.primary} ${controls.narrow}`} onClick={onStart}>
        {t('hall.start')}
      </button>
      <h2>{t('hall.roll')}</h2>
      <p>{t('hall.rollLead')}</p>
      <Count count={present.length} />
      <Roster roster={roster} present={present} desk={desk} />
      <HeadCount count={headCount} onChangeBy={(more) => desk.headCountBy(more)} />
    </div>
  );
}
