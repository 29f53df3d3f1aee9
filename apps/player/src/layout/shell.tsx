import { useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useServices } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';
import { isKnown, type Viewer } from '../viewer/viewer.js';
import { LanguageSwitch } from './language-switch.js';
import styles from './shell.module.css';

const isUnder = (path: string, place: string): boolean =>
  path === '/' ? /^\/($|courses|lectures)/.test(place) : place.startsWith(path);

function Way({ to, children }: { to: string; children: ReactNode }) {
  const [place] = useLocation();
  return (
    <Link href={to} aria-current={isUnder(to, place) ? 'page' : undefined}>
      {children}
    </Link>
  );
}

function Ways({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation();
  return (
    <>
      {isKnown(viewer) && <Way to="/">{t('nav.catalogue')}</Way>}
      {isKnown(viewer) && <Way to="/kept">{t('nav.kept')}</Way>}
      {viewer.person?.learnerId && <Way to="/record">{t('nav.record')}</Way>}
      {viewer.device && <Way to="/hall">{t('nav.hall')}</Way>}
      <Way to="/settings">{t('nav.settings')}</Way>
      {!viewer.person && <Way to="/sign-in">{t('nav.signIn')}</Way>}
    </>
  );
}

/** A screen reader and a remote control begin a new screen at its content, not at the link that led there. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const [place] = useLocation();
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    window.scrollTo(0, 0);
    main.current?.focus();
  }, [place]);
  return main;
}

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { unsent } = useServices();
  const viewer = useViewer();
  const { waiting } = useSyncExternalStore(unsent.subscribe, unsent.current);
  const main = useFocusOnArrival();
  return (
    <>
      <a href="#main" className={styles.skip}>
        {t('skip')}
      </a>
      <header className={styles.header}>
        <Link href="/" className={styles.brand} aria-label={t('brand')}>
          <img src="/icon.svg" alt="" />
          <span>{t('brand')}</span>
        </Link>
        <nav className={styles.nav} aria-label={t('nav.label')}>
          <Ways viewer={viewer} />
        </nav>
        <div className={styles.aside}>
          {waiting > 0 && (
            <Link href="/settings" className={styles.unsent}>
              {t('unsent.waiting', { count: waiting })}
            </Link>
          )}
          <span className={styles.who}>{viewer.person?.name ?? viewer.device?.siteName}</span>
          <LanguageSwitch />
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </>
  );
}
