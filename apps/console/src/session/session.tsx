import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use, type ReactNode } from 'react';
import type { AccountView, RoleName, WhoAmI } from '#libs/contracts';
import { server, ServerProblem } from '../server/client';
import { sessionKey } from '../server/queries';
import { holds } from './may';

async function whoAmI(): Promise<AccountView | null> {
  try {
    return (await server.get<WhoAmI>('/session')).account;
  } catch (error) {
    if (error instanceof ServerProblem && error.code === 'not-signed-in') return null;
    throw error;
  }
}

/** Who is signed in: undefined while asking, null when nobody. */
export const useWhoAmI = () => useQuery({ queryKey: sessionKey, queryFn: whoAmI, staleTime: Infinity });

const Account = createContext<AccountView | null>(null);

export const SignedIn = ({ account, children }: { account: AccountView; children: ReactNode }) => (
  <Account value={account}>{children}</Account>
);

/** The account that is signed in. Only inside {@link SignedIn}. */
export function useAccount(): AccountView {
  const account = use(Account);
  if (!account) throw new Error('Nobody is signed in here.');
  return account;
}

/** Whether the account holds one of the roles anywhere. */
export function useHolds(...names: readonly RoleName[]): boolean {
  return holds(useAccount().roles, ...names);
}

export function useSignOut() {
  const client = useQueryClient();
  return async () => {
    await server.remove('/session');
    client.clear();
    client.setQueryData(sessionKey, null);
  };
}
