import type { SignInRequest } from '#libs/contracts';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { entryOf } from '../layout/form-entry.js';
import { Failure } from '../layout/notice.js';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { useServices } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';
import { CredentialFields, type Way } from './credential-fields.js';

const waysOnDevice = ['byCard', 'byPin', 'byAccount'] as const;

function credentialsFrom(way: Way, form: HTMLFormElement): SignInRequest {
  const entry = (name: string) => entryOf(form, name).trim();
  switch (way) {
    case 'byCard':
      return { card: entry('card') };
    case 'byPin':
      return { learnerCode: entry('learnerCode'), pin: entry('pin') };
    case 'byAccount':
      // A password may begin or end with a space.
      return { login: entry('login'), password: entryOf(form, 'password') };
  }
}

/** By account anywhere; on a paired screen also by card, or learner code and PIN. */
export function SignInScreen() {
  const { t } = useTranslation();
  const { viewers } = useServices();
  const { device } = useViewer();
  const [way, setWay] = useState<Way>(device ? 'byCard' : 'byAccount');
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<RefusalReason>();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsBusy(true);
    setRefused(undefined);
    try {
      await viewers.signIn(credentialsFrom(way, event.currentTarget));
    } catch (error) {
      setIsBusy(false);
      setRefused(reasonOf(error));
    }
  };

  return (
    <section className={`${controls.stack} ${controls.column}`}>
      <h1>{t('signIn.title')}</h1>
      {device && <p>{t('signIn.device', { site: device.siteName })}</p>}
      {device && (
        <div className={controls.row} role="group" aria-label={t('signIn.how')}>
          {waysOnDevice.map((name) => (
            <button
              key={name}
              type="button"
              className={controls.button}
              aria-pressed={way === name}
              onClick={() => setWay(name)}
            >
              {t(`signIn.${name}`)}
            </button>
          ))}
        </div>
      )}
      <form className={controls.form} onSubmit={(event) => void submit(event)}>
        <CredentialFields way={way} />
        {refused && <Failure reason={refused} />}
        <button type="submit" className={controls.primary} disabled={isBusy}>
          {isBusy ? t('signIn.busy') : t('signIn.submit')}
        </button>
      </form>
      {!device && <Link href="/pair">{t('signIn.pairLink')}</Link>}
    </section>
  );
}
