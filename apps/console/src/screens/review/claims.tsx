import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClaimItem, ClaimView } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { ConfirmButton } from '../../layout/confirm-button';
import { DataTable } from '../../layout/data-table';
import { server } from '../../server/client';
import { useEffectOnServer, usePages } from '../../server/queries';
import { About, useNameOf } from './about';

/** Learners who say that they were among those counted. */
export function Claims() {
  const { t } = useTranslation();
  const format = useFormat();
  const claims = usePages<ClaimItem>('/claims');
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('review.claims')}</Title>
      <Answer of={claims}>
        {() => (
          <DataTable
            caption={t('review.claims')}
            rows={claims.items}
            rowKey={({ id }) => id}
            empty={t('review.noClaims')}
            pages={claims}
            columns={[
              { heading: t('review.learner'), cell: (claim) => <About of={claim} /> },
              {
                heading: t('review.claimed'),
                cell: ({ claimedAt, headsLeft }) => (
                  <>
                    <Text size="sm">{format.moment(claimedAt)}</Text>
                    <Text size="xs" c="dimmed">
                      {t('review.headsLeft', { count: headsLeft })}
                    </Text>
                  </>
                ),
              },
              { heading: '', kind: 'actions', cell: (claim) => <Decisions claim={claim} /> },
            ]}
          />
        )}
      </Answer>
    </Stack>
  );
}

function Decisions({ claim }: { claim: ClaimItem }) {
  const { t } = useTranslation();
  const name = useNameOf()(claim);
  const decide = useEffectOnServer(
    (confirm: boolean) => server.post<ClaimView>(`/claims/${claim.id}/decision`, { confirm }),
    ['/claims', '/sites', '/learners'],
  );
  return (
    <Group gap="xs" justify="flex-end">
      <ConfirmButton
        label={t('review.confirm')}
        describedAs={`${t('review.confirm')}: ${name}`}
        question={t('review.confirmQuestion', { name })}
        consequence={t('review.confirmConsequence')}
        effect={() => decide.mutateAsync(true)}
        harmless
      />
      <ConfirmButton
        label={t('review.decline')}
        describedAs={`${t('review.decline')}: ${name}`}
        question={t('review.declineQuestion', { name })}
        consequence={t('review.declineConsequence')}
        effect={() => decide.mutateAsync(false)}
      />
    </Group>
  );
}
