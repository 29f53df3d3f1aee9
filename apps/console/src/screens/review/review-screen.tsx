import { useTranslation } from 'react-i18next';
import { Screen } from '../../layout/screen';
import { Claims } from './claims';
import { Disputes } from './disputes';

/** What waits for a decision: objections of learners, and what they have claimed. */
export function ReviewScreen() {
  const { t } = useTranslation();
  return (
    <Screen title={t('areas.review')}>
      <Disputes />
      <Claims />
    </Screen>
  );
}
