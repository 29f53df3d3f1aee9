import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { renderSVG } from 'uqr';
import type { LearnerView, SiteView } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { Screen } from '../../layout/screen';
import { useReading } from '../../server/queries';
import styles from './sheet.module.css';
import { useWholeRoster } from './whole-roster';

/** Empty lines for those who are on no roster. */
const WALK_INS = 6;

/** A sign-in sheet to be printed: the roster with boxes, and each learner's code as a QR that a hall's scanner reads. */
export function SheetScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const site = useReading<SiteView>(`/sites/${id}`);
  const roster = useWholeRoster(id);
  return (
    <Answer of={site}>
      {({ name }) => (
        <Screen
          title={t('paper.sheetOf', { name })}
          trail={[
            { label: t('areas.sites'), href: '/sites' },
            { label: name, href: `/sites/${id}` },
          ]}
          actions={<Button onClick={() => window.print()}>{t('paper.print')}</Button>}
        >
          <Answer of={roster}>{(learners: LearnerView[]) => <Sheet learners={learners} />}</Answer>
        </Screen>
      )}
    </Answer>
  );
}

function Sheet({ learners }: { learners: readonly LearnerView[] }) {
  const { t } = useTranslation();
  return (
    <div className={styles.sheet}>
      <p className={styles.lines}>
        {(['paper.lecture', 'paper.date', 'paper.shown', 'paper.operator'] as const).map((key) => (
          <span key={key}>{t(key)}:</span>
        ))}
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('roster.name')}</th>
            <th scope="col">{t('roster.code')}</th>
            <th scope="col">{t('paper.qr')}</th>
            <th scope="col">{t('paper.here')}</th>
            <th scope="col">{t('paper.came')}</th>
            <th scope="col">{t('paper.went')}</th>
            <th scope="col">{t('paper.signature')}</th>
          </tr>
        </thead>
        <tbody>
          {learners.map((learner) => (
            <Line key={learner.id} learner={learner} />
          ))}
          {Array.from({ length: WALK_INS }, (_, index) => (
            <Line key={index} learner={undefined} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ learner }: { learner: LearnerView | undefined }) {
  const { t } = useTranslation();
  return (
    <tr>
      <td>{learner?.name}</td>
      <td>{learner?.code}</td>
      <td>{learner && <Qr text={learner.code} label={t('paper.qrOf', { name: learner.name })} />}</td>
      <td>
        <span className={styles.box} />
      </td>
      <td />
      <td />
      <td className={styles.wide} />
    </tr>
  );
}

function Qr({ text, label }: { text: string; label: string }) {
  const url = `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 1 }))}`;
  return <img className={styles.qr} src={url} alt={label} />;
}
