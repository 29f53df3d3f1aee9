import type { HallView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import { CheckInQr } from './check-in-qr.js';
import styles from './hall.module.css';
import type { HallDesk } from './hall-desk.js';
import { HeadCount } from './head-count.js';
import { nextIn } from './programme.js';
import type { RollDraft } from './roll-draft.js';
import { Roster } from './roster.js';
import type { CheckIn } from './use-check-in.js';

interface Props {
  title: string;
  roster: HallView['roster'];
  draft: RollDraft;
  desk: HallDesk;
  checkIn: CheckIn;
  onDiscuss: () => void;
  onHide: () => void;
  onEnd: () => void;
}

/** Beside the picture while it plays: who is here, and what the operator may need. */
export function SidePanel({ title, roster, draft, desk, checkIn, onDiscuss, onHide, onEnd }: Props) {
  const { t } = useTranslation();
  const next = nextIn(draft);
  return (
    <section className={styles.panel} aria-label={t('hall.roll')}>
      <div className={styles.top}>
        <div>
          <h1 className={styles.playing}>{title}</h1>
          <Count count={draft.present.length} />
          {next && <p className={controls.hint}>{t('hall.nextIs', { title: next.title })}</p>}
        </div>
        {draft.running && <CheckInQr running={draft.running} />}
      </div>
      <Entry checkIn={checkIn} />
      <div className={styles.deeds}>
        <button type="button" className={controls.button} onClick={onDiscuss}>
          {t('hall.discuss')}
        </button>
        <button type="button" className={controls.button} onClick={onHide}>
          {t('hall.hidePanel')}
        </button>
      </div>
      <Roster roster={roster} present={draft.present} times={draft.times} desk={desk} />
      <HeadCount count={draft.headCount} onChangeBy={(more) => desk.headCountBy(more)} />
      <button type="button" className={controls.button} onClick={onEnd}>
        {t('hall.end')}
      </button>
    </section>
  );
}

export function Count({ count }: { count: number }) {
  const { t } = useTranslation();
  return (
    <p className={styles.count} role="status">
      {t('hall.here', { count })}
    </p>
  );
}

/** Shown as dots: a card's code on a hall's screen would be everybody's. */
function Entry({ checkIn: { typing, pinOf } }: { checkIn: CheckIn }) {
  const { t } = useTranslation();
  return (
    <form
      className={controls.field}
      onSubmit={(event) => {
        event.preventDefault();
        typing.submit();
      }}
    >
      <label htmlFor="card">{pinOf ? t('hall.pinOf', { name: pinOf.name }) : t('hall.card')}</label>
      <input
        id="card"
        className={controls.input}
        type="password"
        autoComplete="off"
        maxLength={200}
        value={typing.text}
        onChange={({ currentTarget }) => typing.set(currentTarget.value)}
      />
    </form>
  );
}
