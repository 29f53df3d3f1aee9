import { Anchor, Breadcrumbs, Button, NavLink, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UnitView } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { usePages } from '../../server/queries';

interface Props {
  /** From the top down to the unit that is open; empty for everything the account sees. */
  path: readonly UnitView[];
  onOpen: (path: readonly UnitView[]) => void;
}

/** Walks down the organisation one tier at a time: a country has too many units for a tree that is open at once. */
export function UnitNavigator({ path, onOpen }: Props) {
  const { t } = useTranslation();
  const parent = path.at(-1);
  const units = usePages<UnitView>('/units', { parentId: parent?.id, limit: 100 });
  const shown = parent ? units.items : topmost(units.items);
  return (
    <Paper withBorder p="md" component="nav" aria-label={t('units.navigator')}>
      <Stack gap="xs">
        <Title order={2}>{t('units.title')}</Title>
        <Breadcrumbs separatorMargin={4} style={{ flexWrap: 'wrap' }}>
          <Anchor component="button" type="button" size="sm" onClick={() => onOpen([])}>
            {t('units.all')}
          </Anchor>
          {path.map((unit, index) => (
            <Anchor
              key={unit.id}
              component="button"
              type="button"
              size="sm"
              aria-current={unit === parent}
              onClick={() => onOpen(path.slice(0, index + 1))}
            >
              {unit.name}
            </Anchor>
          ))}
        </Breadcrumbs>
        <Answer of={units}>
          {() =>
            shown.length > 0 ? (
              <Stack gap={0}>
                {shown.map((unit) => (
                  <NavLink
                    key={unit.id}
                    component="button"
                    type="button"
                    label={unit.name}
                    description={t(`unitKinds.${unit.kind}`)}
                    onClick={() => onOpen([...path, unit])}
                    style={{ borderRadius: 'var(--mantine-radius-sm)' }}
                  />
                ))}
              </Stack>
            ) : (
              <Text size="sm" c="dimmed">
                {t('units.none')}
              </Text>
            )
          }
        </Answer>
        {units.hasNextPage && (
          <Button variant="subtle" size="xs" onClick={() => void units.fetchNextPage()}>
            {t('table.more')}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}

/** Where the account's own part of the organisation begins. */
const topmost = (units: readonly UnitView[]) =>
  units.filter(({ parentId }) => !units.some(({ id }) => id === parentId));
