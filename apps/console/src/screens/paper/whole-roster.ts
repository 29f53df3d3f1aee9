import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LearnerView, Page } from '#libs/contracts';
import { server } from '../../server/client';

const MOST_AT_ONCE = 200;

async function readAll(path: string, on: string | undefined): Promise<LearnerView[]> {
  const learners: LearnerView[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page: Page<LearnerView> = await server.get<Page<LearnerView>>(path, { limit: MOST_AT_ONCE, after, on });
    learners.push(...page.items);
    after = page.next;
  }
  return learners;
}

/** Everybody on the roster of a site, today or on some day (`YYYY-MM-DD`): a sheet of paper has no second page to ask for. */
export function useWholeRoster(siteId: string, on?: string) {
  const path = `/sites/${siteId}/roster`;
  return useQuery({
    queryKey: [path, 'whole', on],
    queryFn: () => readAll(path, on),
    placeholderData: keepPreviousData,
  });
}
