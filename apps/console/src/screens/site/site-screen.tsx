import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SiteView } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { Screen } from '../../layout/screen';
import { LinkSummary } from '../../organisation/link-summary';
import { useReading } from '../../server/queries';
import { useHolds } from '../../session/session';
import { PaperButton } from '../paper/paper-form';
import { Devices } from './devices';
import { Roster } from './roster';

export function SiteScreen({ id }: { id: string }) {
  const site = useReading<SiteView>(`/sites/${id}`);
  return <Answer of={site}>{(found) => <Site site={found} />}</Answer>;
}

function Site({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const keepsRoster = useHolds('admin', 'organiser', 'operator');
  const keepsDevices = useHolds('admin', 'operator');
  return (
    <Screen
      title={site.name}
      trail={[{ label: t('areas.sites'), href: '/sites' }]}
      about={
        <>
          {site.unitName} · {site.timeZone} · <LinkSummary site={site} />
        </>
      }
      actions={
        <>
          {keepsRoster && <PaperButton site={site} />}
          {keepsRoster && (
            <Button component={Link} href={`/sites/${site.id}/sheet`} variant="default">
              {t('paper.sheet')}
            </Button>
          )}
          <Button component={Link} href={`/sites/${site.id}/record`} variant="default">
            {t('sites.record')}
          </Button>
        </>
      }
    >
      {keepsRoster && <Roster siteId={site.id} />}
      {keepsDevices && <Devices siteId={site.id} />}
    </Screen>
  );
}
