import { Button, Select, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClaimView, LearnerView, SiteSessionRecord } from '#libs/contracts';
import { FormModal } from '../../layout/form-modal';
import { server } from '../../server/client';
import { useEffectOnServer, usePages } from '../../server/queries';

interface Props {
  siteId: string;
  session: SiteSessionRecord;
}

/** Names one of those who were only counted. */
export function NameHead({ siteId, session }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [learnerId, setLearnerId] = useState<string | null>(null);
  const name = useEffectOnServer(
    () => server.post<ClaimView>(`/tracking/sessions/${session.id}/claims`, { learnerId }),
    [`/sites/${siteId}`, '/claims'],
  );
  return (
    <>
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        mt={4}
        aria-label={`${t('review.nameHead')}: ${session.lectureTitle}`}
        onClick={() => {
          name.reset();
          setLearnerId(null);
          setOpened(true);
        }}
      >
        {t('review.nameHead')}
      </Button>
      <FormModal
        opened={opened}
        title={t('review.nameHeadTitle')}
        submitLabel={t('review.nameHead')}
        pending={name.isPending}
        error={name.error}
        onClose={() => setOpened(false)}
        onSubmit={() => name.mutate(undefined, { onSuccess: () => setOpened(false) })}
      >
        {opened && <RosterSelect siteId={siteId} session={session} value={learnerId} onChange={setLearnerId} />}
        <Text size="sm" c="dimmed">
          {t('review.nameHeadHint', { count: session.headCount })}
        </Text>
      </FormModal>
    </>
  );
}

type SelectProps = Props & { value: string | null; onChange: (learnerId: string | null) => void };

/** Of the roster, those who are not named in the session yet. */
function RosterSelect({ siteId, session, value, onChange }: SelectProps) {
  const { t } = useTranslation();
  const { items, hasNextPage, isFetchingNextPage, fetchNextPage } = usePages<LearnerView>(`/sites/${siteId}/roster`, {
    limit: 200,
  });
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const named = new Set(session.people.map((person) => person.learnerId));
  return (
    <Select
      label={t('review.learner')}
      required
      searchable
      data-autofocus
      data={items
        .filter(({ id }) => !named.has(id))
        .map(({ id, name, code }) => ({ value: id, label: `${name} · ${code}` }))}
      value={value}
      onChange={onChange}
      nothingFoundMessage={t('states.nothingFound')}
    />
  );
}
