import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import controls from '../layout/controls.module.css';
import { entryOf } from '../layout/form-entry.js';
import { Failure } from '../layout/notice.js';
import { TextField } from '../layout/text-field.js';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { useServices } from '../services.js';

/** Turns this browser into a screen of a site, by a code that works once. */
export function PairScreen() {
  const { t } = useTranslation();
  const { viewers } = useServices();
  const [, go] = useLocation();
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<RefusalReason>();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsBusy(true);
    setRefused(undefined);
    try {
      await viewers.pair(entryOf(event.currentTarget, 'code').trim());
      go('/hall');
    } catch (error) {
      setIsBusy(false);
      setRefused(reasonOf(error));
    }
  };

  return (
    <section className={`${controls.stack} ${controls.column}`}>
      <h1>{t('pair.title')}</h1>
      <p>{t('pair.lead')}</p>
      <form className={controls.form} onSubmit={(event) => void submit(event)}>
        <TextField label={t('pair.code')} name="code" autoCapitalize="characters" />
        {refused && <Failure reason={refused} />}
        <button type="submit" className={controls.primary} disabled={isBusy}>
          {isBusy ? t('pair.busy') : t('pair.submit')}
        </button>
      </form>
    </section>
  );
}
