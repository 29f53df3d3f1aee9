import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arrival, Packed } from '../bundles/carrier.js';
import { canSign } from '../bundles/signers.js';
import controls from '../layout/controls.module.css';
import { Failure, Notice } from '../layout/notice.js';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { useServices } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';
import { authorizationOf } from '../viewer/viewer.js';
import { fileName, saveFile } from './save-file.js';

/** What was watched leaves by file, and receipts come back. */
export function CarryPart() {
  const { t } = useTranslation();
  return (
    <section className={`${controls.card} ${controls.form}`}>
      <h2>{t('carry.title')}</h2>
      <p>{t('carry.lead')}</p>
      {canSign() ? <Saving /> : <p>{t('carry.insecure')}</p>}
      <Taking />
    </section>
  );
}

function Saving() {
  const { t } = useTranslation();
  const { carrier } = useServices();
  const [isBusy, setIsBusy] = useState(false);
  const [packed, setPacked] = useState<Packed>();
  const save = async () => {
    setIsBusy(true);
    const made = await carrier.pack().finally(() => setIsBusy(false));
    if (made.file) saveFile(fileName('bundle'), made.file);
    setPacked(made);
  };
  return (
    <>
      <button type="button" className={controls.button} disabled={isBusy} onClick={() => void save()}>
        {isBusy ? t('carry.saving') : t('carry.save')}
      </button>
      {packed && (
        <Notice>
          {packed.packed > 0 && <p>{t('carry.saved', { count: packed.packed })}</p>}
          {packed.left > 0 && <p>{t('carry.left', { count: packed.left })}</p>}
          {packed.packed + packed.left === 0 && <p>{t('carry.nothing')}</p>}
        </Notice>
      )}
    </>
  );
}

function Taking() {
  const { t } = useTranslation();
  const { carrier } = useServices();
  const viewer = useViewer();
  const input = useRef<HTMLInputElement>(null);
  const [arrival, setArrival] = useState<Arrival>();
  const [refused, setRefused] = useState<RefusalReason>();
  const take = async (file: File | undefined) => {
    if (!file) return;
    setArrival(undefined);
    setRefused(undefined);
    try {
      setArrival(await carrier.take(file, authorizationOf(viewer)));
    } catch (error) {
      setRefused(reasonOf(error));
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('carry.take')}
        onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0]);
          currentTarget.value = '';
        }}
      />
      <button
        type="button"
        className={controls.button}
        aria-describedby="carry-take-hint"
        onClick={() => input.current?.click()}
      >
        {t('carry.take')}
      </button>
      <p id="carry-take-hint">{t('carry.takeHint')}</p>
      {arrival && <Arrived arrival={arrival} />}
      {refused && <Failure reason={refused} />}
    </>
  );
}

function Arrived({ arrival }: { arrival: Arrival }) {
  const { t } = useTranslation();
  if (arrival.kind === 'unreadable') return <Notice>{t('carry.unreadable')}</Notice>;
  if (arrival.kind === 'receipt') return <Notice>{t('carry.settled', { count: arrival.settled })}</Notice>;
  return (
    <Notice>
      <p>{t('carry.brought', { count: arrival.acknowledged })}</p>
      <button type="button" className={controls.button} onClick={() => saveFile(fileName('receipt'), arrival.receipt)}>
        {t('carry.receipt')}
      </button>
    </Notice>
  );
}
