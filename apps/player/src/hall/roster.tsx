import type { HallView } from '#libs/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import { Notice } from '../layout/notice.js';
import styles from './hall.module.css';
import type { HallDesk } from './hall-desk.js';
import type { Attendee } from './roll-draft.js';
import { type Times, type TimesOf, wholeMinutes } from './times.js';

type Learner = HallView['roster'][number];

interface Props {
  roster: readonly Learner[];
  present: readonly Attendee[];
  times?: TimesOf | undefined;
  desk: HallDesk;
}

/** The roster with a tick for everybody who is here. */
export function Roster({ roster, present, times = {}, desk }: Props) {
  const { t } = useTranslation();
  const [sought, setSought] = useState('');
  const isMatch = ({ name, code }: Learner) => `${name} ${code}`.toLowerCase().includes(sought.trim().toLowerCase());
  const grades = new Map(present.map(({ learnerId, grade }) => [learnerId, grade]));
  return (
    <div className={styles.roster}>
      {roster.length === 0 && <Notice>{t('hall.noRoster')}</Notice>}
      {roster.length > 8 && (
        <input
          className={controls.input}
          type="search"
          aria-label={t('hall.find')}
          placeholder={t('hall.find')}
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
        />
      )}
      <ul className={styles.people} aria-label={t('hall.everybody')}>
        {roster.filter(isMatch).map((learner) => (
          <Person
            key={learner.id}
            learner={learner}
            grade={grades.get(learner.id)}
            times={times[learner.id]}
            desk={desk}
          />
        ))}
      </ul>
    </div>
  );
}

interface PersonProps {
  learner: Learner;
  grade: Attendee['grade'] | undefined;
  times: Times | undefined;
  desk: HallDesk;
}

function Person({ learner: { id, name, code }, grade, times, desk }: PersonProps) {
  return (
    <li>
      <label className={grade ? `${styles.person} ${styles.present}` : styles.person}>
        <input
          type="checkbox"
          checked={grade !== undefined}
          onChange={({ currentTarget }) => (currentTarget.checked ? desk.arrive(id, 'C') : desk.leave(id))}
        />
        <span>
          <span className={styles.name}>{name}</span> <span className={styles.code}>{code}</span>
          {times && <When times={times} isHere={grade !== undefined} />}
        </span>
        {grade && <span className={styles.grade}>{grade}</span>}
      </label>
    </li>
  );
}

/** Late, or gone, in the minutes of the lecture; nothing of those who were there from the start. */
function When({ times: { lateMs, leftAfterMs }, isHere }: { times: Times; isHere: boolean }) {
  const { t } = useTranslation();
  const words = [
    wholeMinutes(lateMs) > 0 && t('hall.late', { count: wholeMinutes(lateMs) }),
    !isHere && leftAfterMs !== undefined && t('hall.left', { count: wholeMinutes(leftAfterMs) }),
  ].filter(Boolean);
  return words.length > 0 && <span className={styles.when}>{words.join(' · ')}</span>;
}
