import type { EnrolledDevice, HallView, LectureView } from '#libs/contracts';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { Loading, Notice } from '../layout/notice.js';
import { ReadingView } from '../layout/reading-view.js';
import { useRead } from '../server/use-read.js';
import { useServices } from '../services.js';
import { recall } from '../store/player-database.js';
import { HallSession } from './hall-session.js';
import type { RollDraft } from './roll-draft.js';
import { Roster } from './roster.js';

interface ScreenProps {
  lectureId: string;
  device: EnrolledDevice;
}

/** Takes the roll for one lecture and starts it. Needs no link once roster and lecture have been read. */
export function RollCallScreen({ lectureId, device }: ScreenProps) {
  const lecture = useRead<LectureView>(`/lectures/${lectureId}`);
  const hall = useRead<HallView>('/device');
  const draft = useKeptDraft(lectureId);
  if (!draft) return <Loading />;
  return (
    <ReadingView reader={lecture}>
      {(found) => (
        <ReadingView reader={hall}>
          {({ roster }) => <RollCall lecture={found} roster={roster} kept={draft} device={device} />}
        </ReadingView>
      )}
    </ReadingView>
  );
}

/** The roll of a session that was cut off; empty when there is none of this lecture. */
function useKeptDraft(lectureId: string): RollDraft | undefined {
  const { db } = useServices();
  const [draft, setDraft] = useState<RollDraft>();
  useEffect(() => {
    void recall(db, 'roll').then((kept) =>
      setDraft(kept?.lectureId === lectureId ? kept : { lectureId, present: [], headCount: 0 }),
    );
  }, [db, lectureId]);
  return draft;
}

interface Props {
  lecture: LectureView;
  roster: HallView['roster'];
  kept: RollDraft;
  device: EnrolledDevice;
}

function RollCall({ lecture, roster, kept, device }: Props) {
  const { t } = useTranslation();
  const { db } = useServices();
  const [draft, setDraft] = useState(kept);
  const [isRunning, setIsRunning] = useState(false);
  const change = (changed: Partial<RollDraft>) => {
    const next = { ...draft, ...changed };
    setDraft(next);
    void db.put('things', next, 'roll');
  };
  const tick = (learnerId: string, isHere: boolean) =>
    change({
      present: isHere ? [...draft.present, learnerId] : draft.present.filter((present) => present !== learnerId),
    });

  if (isRunning)
    return (
      <HallSession lecture={lecture} roster={roster} device={device} draft={draft} onChange={change} onTick={tick} />
    );
  return (
    <div className={controls.stack}>
      <Link href="/hall">{t('hall.choose')}</Link>
      <h1 lang={lecture.language}>{lecture.title}</h1>
      <h2>{t('hall.roll')}</h2>
      <p>{t('hall.rollLead')}</p>
      {kept.present.length > 0 && <Notice>{t('hall.unfinished')}</Notice>}
      <Roster
        roster={roster}
        present={draft.present}
        onTick={tick}
        headCount={draft.headCount}
        onHeadCount={(headCount) => change({ headCount })}
      />
      <button type="button" className={`${controls.primary} ${controls.narrow}`} onClick={() => setIsRunning(true)}>
        {t('hall.start')}
      </button>
    </div>
  );
}
