import { useTranslation } from 'react-i18next';
import type { SiteView } from '#libs/contracts';
import { useFormat } from '../language/use-format';

/** A site's link in one line: speed, what a month may cost, and when it may be used. */
export function LinkSummary({ site: { linkKbps, linkMbPerMonth, linkHours } }: { site: SiteView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    t('sites.kbpsIs', { kbps: format.number(linkKbps) }),
    ...(linkMbPerMonth === null ? [] : [t('sites.mbPerMonthIs', { mb: format.number(linkMbPerMonth) })]),
    ...(linkHours === null ? [] : [linkHours.replace('-', '–')]),
  ].join(' · ');
}
