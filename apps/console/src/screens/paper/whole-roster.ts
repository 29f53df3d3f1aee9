import { useQuery } from '@tanstack/react-query';
import type { LearnerView, Page } from '#libs/contracts';
import { server } from '../../server/client';

const MOST_AT_ONCE = 200;

async function readAll(path: string): Promise<LearnerView[]> {
  const learners: LearnerView[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page: Page<LearnerView> = await server.get<Page<LearnerView>>(path, { limit: MOST_AT_ONCE, after });
    learners.push(...page.items);
    after = page.next;
  }
  return learners;
}

/** Everybody on the roster of a site: a sheet of paper has no second page to ask for. */
export function useWholeRoster(siteId: string) {
  const path = `/sites/${siteId}/roster`;
  return useQuery({ queryKey: [path, 'whole'], queryFn: () => readAll(path) });
}
