import { Button, Grid, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { SiteView, UnitView } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { RowName } from '../../layout/row-name';
import { Screen } from '../../layout/screen';
import { SearchField } from '../../layout/search-field';
import { LinkSummary } from '../../organisation/link-summary';
import { usePages } from '../../server/queries';
import { useHolds } from '../../session/session';
import { SiteForm } from './site-form';
import { UnitForm } from './unit-form';
import { UnitNavigator } from './unit-navigator';

export function SitesScreen() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const seesUnits = useHolds('admin', 'organiser', 'auditor');
  const [path, setPath] = useState<readonly UnitView[]>([]);
  const [q, setQ] = useState('');
  const [creating, setCreating] = useState<'site' | 'unit' | null>(null);
  const unit = path.at(-1) ?? null;
  const sites = usePages<SiteView>('/sites', { unitId: unit?.id, q });
  const close = () => setCreating(null);
  return (
    <Screen title={t('areas.sites')} about={t('sites.about')} actions={<Actions unit={unit} onCreate={setCreating} />}>
      <Grid gap="lg">
        {seesUnits && (
          <Grid.Col span={{ base: 12, md: 4 }}>
            <UnitNavigator path={path} onOpen={setPath} />
          </Grid.Col>
        )}
        <Grid.Col span={{ base: 12, md: seesUnits ? 8 : 12 }}>
          <Stack gap="sm">
            <Group gap="sm">
              <SearchField label={t('sites.search')} onSearch={setQ} />
            </Group>
            <Answer of={sites}>
              {() => (
                <DataTable
                  caption={t('areas.sites')}
                  rows={sites.items}
                  rowKey={({ id }) => id}
                  empty={t(q || unit ? 'states.nothingFound' : 'sites.none')}
                  pages={sites}
                  columns={[
                    {
                      heading: t('sites.name'),
                      cell: ({ id, name, unitName }) => (
                        <RowName href={`/sites/${id}`} below={unitName}>
                          {name}
                        </RowName>
                      ),
                    },
                    { heading: t('sites.link'), cell: (site) => <LinkSummary site={site} /> },
                  ]}
                />
              )}
            </Answer>
          </Stack>
        </Grid.Col>
      </Grid>
      {creating === 'site' && <SiteForm unit={unit} onClose={close} onSaved={({ id }) => go(`/sites/${id}`)} />}
      {creating === 'unit' && <UnitForm parent={unit} onClose={close} />}
    </Screen>
  );
}

interface ActionsProps {
  unit: UnitView | null;
  onCreate: (what: 'site' | 'unit') => void;
}

function Actions({ unit, onCreate }: ActionsProps) {
  const { t } = useTranslation();
  const isAdmin = useHolds('admin');
  return (
    <>
      {unit && (
        <Button component={Link} href={`/units/${unit.id}/record`} variant="default">
          {t('records.ofUnit', { name: unit.name })}
        </Button>
      )}
      {isAdmin && (
        <>
          <Button variant="default" onClick={() => onCreate('unit')}>
            {t('units.create')}
          </Button>
          <Button onClick={() => onCreate('site')}>{t('sites.create')}</Button>
        </>
      )}
    </>
  );
}
