import { useTranslation } from 'react-i18next';
import { Screen } from '../../layout/screen';
import { useHolds } from '../../session/session';
import { Claims } from './claims';
import { Disputes } from './disputes';
import { Flags } from './flags';

/** What waits for a decision: objections of learners, and what they have claimed, and what looks odd. */
export function ReviewScreen() {
  const { t } = useTranslation();
  const seesFlags = useHolds('admin', 'organiser');
  return (
    <Screen title={t('areas.review')}>
      <Disputes />
      <Claims />
      {seesFlags && <Flags />}
    </Screen>
  );
}
