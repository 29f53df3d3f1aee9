import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renderSVG } from 'uqr';
import { useServices } from '../services.js';
import { checkInPath, codeOf, codeStepAt, handleOf } from './check-in-code.js';
import styles from './hall.module.css';
import type { Running } from './roll-draft.js';

const LOOK_EVERY_MS = 1000;

/** A code for phones, another every half minute: a photo of it is worth nothing soon after. */
export function CheckInQr({ running: { trace, key } }: { running: Running }) {
  const { t } = useTranslation();
  const { boot } = useServices();
  const [step, setStep] = useState(() => codeStepAt(boot.clockMs()));
  const [url, setUrl] = useState('');
  const sessionId = trace.head.id;
  useEffect(() => {
    const timer = setInterval(() => setStep(codeStepAt(boot.clockMs())), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [boot]);
  useEffect(() => {
    let isCurrent = true;
    void codeOf(key, sessionId, step).then(async (code) => {
      if (code === undefined) return;
      const path = checkInPath(await handleOf(sessionId), step, code);
      if (isCurrent) setUrl(`${location.origin}${path}`);
    });
    return () => {
      isCurrent = false;
    };
  }, [key, sessionId, step]);
  if (url === '') return null;
  const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(url, { border: 2 }))}`;
  return <img className={styles.qr} src={picture} alt={t('hall.qr')} data-url={url} />;
}
