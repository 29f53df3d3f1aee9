import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { EnrolledDevice } from '#libs/contracts';
import controls from '../layout/controls.module.css';
import { Notice } from '../layout/notice.js';
import { StandInContext, useViewer } from '../viewer/use-viewer.js';

/** In hall mode the screen acts for its site, whoever may have signed in on it. */
export function AsDevice({ children }: { children: (device: EnrolledDevice) => ReactNode }) {
  const { device } = useViewer();
  const standIn = useMemo(() => ({ person: undefined, device }), [device]);
  if (!device) return <NeedsDevice />;
  return <StandInContext value={standIn}>{children(device)}</StandInContext>;
}

function NeedsDevice() {
  const { t } = useTranslation();
  return (
    <div className={controls.stack}>
      <h1>{t('hall.title')}</h1>
      <Notice>
        <span>{t('hall.needsDevice')}</span>
        <Link href="/pair" className={controls.button}>
          {t('pair.title')}
        </Link>
      </Notice>
    </div>
  );
}
