import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RefusalReason } from '../server/refusal.js';
import controls from './controls.module.css';
import styles from './notice.module.css';

export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className={styles.notice} role="status">
      {children}
    </div>
  );
}

interface FailureProps {
  reason: RefusalReason;
  again?: () => void;
}

/** Says what went wrong in a sentence, and what can be done. */
export function Failure({ reason, again }: FailureProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.error} role="alert">
      <span>{t(`error.${reason}`)}</span>
      {reason === 'not-signed-in' && (
        <Link href="/sign-in" className={controls.button}>
          {t('nav.signIn')}
        </Link>
      )}
      {again && (
        <button type="button" className={controls.button} onClick={again}>
          {t('again')}
        </button>
      )}
    </div>
  );
}

export function Loading() {
  const { t } = useTranslation();
  return (
    <p className={styles.loading} role="status">
      {t('loading')}
    </p>
  );
}
