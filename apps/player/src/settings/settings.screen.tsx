import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { useServices } from '../services.js';
import { CarryPart } from './carry-part.js';
import { installOffer, onInstallOffer } from '../shell/install-offer.js';
import { useViewer } from '../viewer/use-viewer.js';

export function SettingsScreen() {
  const { t } = useTranslation();
  return (
    <div className={`${controls.stack} ${controls.column}`}>
      <h1>{t('settings.title')}</h1>
      <PersonPart />
      <DevicePart />
      <SendingPart />
      <CarryPart />
      <InstallPart />
    </div>
  );
}

function PersonPart() {
  const { t } = useTranslation();
  const { viewers } = useServices();
  const { person } = useViewer();
  return (
    <section className={`${controls.card} ${controls.form}`}>
      <h2>{t('settings.person')}</h2>
      <p>{person ? t('settings.signedInAs', { name: person.name }) : t('settings.nobody')}</p>
      {person ? (
        <button type="button" className={controls.button} onClick={() => void viewers.signOut()}>
          {t('settings.signOut')}
        </button>
      ) : (
        <Link href="/sign-in" className={controls.button}>
          {t('nav.signIn')}
        </Link>
      )}
    </section>
  );
}

function DevicePart() {
  const { t } = useTranslation();
  const { device } = useViewer();
  return (
    <section className={`${controls.card} ${controls.form}`}>
      <h2>{t('settings.device')}</h2>
      <p>
        {device ? t('settings.deviceOf', { device: device.deviceName, site: device.siteName }) : t('settings.noDevice')}
      </p>
      <Link href="/pair" className={controls.button}>
        {device ? t('settings.repair') : t('signIn.pairLink')}
      </Link>
    </section>
  );
}

function InstallPart() {
  const { t } = useTranslation();
  const offer = useSyncExternalStore(onInstallOffer, installOffer);
  if (!offer) return null;
  return (
    <section className={`${controls.card} ${controls.form}`}>
      <h2>{t('settings.install')}</h2>
      <p>{t('settings.installWhy')}</p>
      <button type="button" className={controls.button} onClick={() => void offer.prompt()}>
        {t('settings.installNow')}
      </button>
    </section>
  );
}

function SendingPart() {
  const { t } = useTranslation();
  const { unsent } = useServices();
  const { waiting, held, notYours } = useSyncExternalStore(unsent.subscribe, unsent.current);
  return (
    <section className={`${controls.card} ${controls.form}`}>
      <h2>{t('settings.sending')}</h2>
      {waiting + held + notYours === 0 && <p>{t('unsent.none')}</p>}
      {waiting > 0 && (
        <p>
          {t('unsent.waiting', { count: waiting })} · {t('unsent.waitingExplained')}
        </p>
      )}
      {held > 0 && <p>{t('unsent.held', { count: held })}</p>}
      {notYours > 0 && <p>{t('unsent.notYours', { count: notYours })}</p>}
    </section>
  );
}
