import type { HallClaimState } from '#libs/contracts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { Failure, Loading, Notice } from '../layout/notice.js';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { useServices } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';
import { type ScannedCode, scannedIn } from './check-in-code.js';
import { minutesPost } from './minutes-post.js';

type Outcome =
  | { readonly is: 'under way' }
  | { readonly is: HallClaimState['state'] | 'kept' }
  | { readonly is: 'failed'; readonly reason: RefusalReason };

const sentences = {
  counted: 'checkIn.counted',
  pending: 'checkIn.pending',
  kept: 'checkIn.kept',
  refused: 'checkIn.refused',
} as const;

/** Where a phone comes to that has scanned a hall's screen: the learner who is signed in on it checks in. */
export function CheckInScreen() {
  const { t } = useTranslation();
  const { person } = useViewer();
  const scanned = scannedIn(useSyncExternalStore(onHashChange, currentHash));
  return (
    <div className={controls.stack}>
      <h1>{t('checkIn.title')}</h1>
      {!scanned && <Notice>{t('checkIn.refused')}</Notice>}
      {scanned && !person?.learnerId && <Notice>{t('checkIn.learnersOnly')}</Notice>}
      {scanned && person?.learnerId && (
        <Claiming key={scanned.code} learnerId={person.learnerId} name={person.name} {...scanned} />
      )}
      <Link href="/">{t('notFound.back')}</Link>
    </div>
  );
}

/** A phone that scans again while the page is open only gets another hash. */
const currentHash = (): string => location.hash;
function onHashChange(tell: () => void): () => void {
  window.addEventListener('hashchange', tell);
  return () => window.removeEventListener('hashchange', tell);
}

function Claiming({ learnerId, name, sessionId, step, code }: ScannedCode & { learnerId: string; name: string }) {
  const { t } = useTranslation();
  const services = useServices();
  const [outcome, setOutcome] = useState<Outcome>({ is: 'under way' });
  useEffect(() => {
    const claim = { sessionId, owner: `learner:${learnerId}`, step, code, scannedAtMs: Date.now() };
    minutesPost(services)
      .then((post) => post.claim(claim))
      .then(
        (state) => setOutcome({ is: state?.state ?? 'kept' }),
        (error: unknown) => setOutcome({ is: 'failed', reason: reasonOf(error) }),
      );
  }, [services, learnerId, sessionId, step, code]);
  if (outcome.is === 'under way') return <Loading />;
  if (outcome.is === 'failed') return <Failure reason={outcome.reason} />;
  return <Notice>{t(sentences[outcome.is], { name })}</Notice>;
}
