import {
  MutationCache,
  QueryCache,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Page } from '#libs/contracts';
import { server, ServerProblem, type Query } from './client';

/** Where the answer to "who is signed in" is kept; null when nobody is. */
export const sessionKey = ['session'] as const;

/** Server state. Whoever is told that nobody is signed in any more, is shown the sign-in. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ServerProblem && error.code === 'not-signed-in') client.setQueryData(sessionKey, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => count < 3 && error instanceof ServerProblem && error.code === 'unreachable',
      },
    },
  });
  return client;
}

/** For numbers that grow while they are looked at. */
export const everyMinute = () => 60_000;

/** While a filter changes, the former answer stays in sight; that of another thing does not. */
const ofSamePath =
  (path: string) =>
  <A>(former: A, query?: { queryKey: readonly unknown[] }): A | undefined =>
    query?.queryKey[0] === path ? former : undefined;

export interface ReadingOptions<T> {
  query?: Query;
  enabled?: boolean;
  /** Milliseconds until it is asked again, by what was last answered; false for not at all. */
  again?: (answer: T | undefined) => number | false;
}

/** One thing of the server, kept under its path. */
export const useReading = <T>(path: string, { query, enabled, again }: ReadingOptions<T> = {}) =>
  useQuery({
    queryKey: [path, query ?? {}],
    queryFn: () => server.get<T>(path, query),
    enabled: enabled ?? true,
    placeholderData: ofSamePath(path),
    refetchInterval: ({ state }) => again?.(state.data) ?? false,
  });

/** A list of the server, page after page: `items` are those of all pages, `data` is the first page and what stands beside its items. */
export function usePages<T, P extends Page<T> = Page<T>>(
  path: string,
  query: Query = {},
  again?: (items: readonly T[]) => number | false,
) {
  const pages = useInfiniteQuery({
    queryKey: [path, 'pages', query],
    queryFn: ({ pageParam }) => server.get<P>(path, { ...query, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: ofSamePath(path),
    refetchInterval: ({ state }) => again?.(state.data?.pages.flatMap(({ items }) => items) ?? []) ?? false,
  });
  return { ...pages, data: pages.data?.pages[0], items: pages.data?.pages.flatMap(({ items }) => items) ?? [] };
}

/** An effect on the server, after which everything under the `stale` paths is read again. */
export function useEffectOnServer<Input, Output>(effect: (input: Input) => Promise<Output>, stale: readonly string[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: effect,
    onSuccess: () => {
      void client.invalidateQueries({ predicate: ({ queryKey: [path] }) => isUnder(path, stale) });
    },
  });
}

const isUnder = (path: unknown, roots: readonly string[]) =>
  typeof path === 'string' && roots.some((root) => path === root || path.startsWith(`${root}/`));
