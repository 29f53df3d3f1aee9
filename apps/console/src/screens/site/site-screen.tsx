import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SiteView } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { Screen } from '../../layout/screen';
import { LinkSummary } from '../../organisation/link-summary';
import { useReading } from '../../server/queries';
import { keepsRoster } from '../../session/may';
import { useAccount, useHolds } from '../../session/session';
import { PaperButton } from '../paper/paper-form';
import { Devices } from './devices';
import { Roster } from './roster';

export function SiteScreen({ id }: { id: string }) {
  const site = useReading<SiteView>(`/sites/${id}`);
  return <Answer of={site}>{(found) => <Site site={found} />}</Answer>;
}

function Site({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const mayEnter = useHolds('admin', 'organiser', 'operator');
  const mayRead = keepsRoster(useAccount().roles, site);
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
          {mayEnter && <PaperButton site={site} />}
          {mayEnter && (
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
      {mayEnter && <Roster siteId={site.id} mayRead={mayRead} />}
      {keepsDevices && <Devices siteId={site.id} />}
    </Screen>
  );
}
