import { useQueries } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { RoleName, UnitView } from '#libs/contracts';
import { ServerSelect } from '../layout/server-select';
import { server } from '../server/client';
import { useAccount } from '../session/session';

interface Props {
  label: string;
  description?: string;
  required?: boolean;
  error?: ReactNode;
  value: UnitView | null;
  onChange: (unit: UnitView | null) => void;
}

export const UnitSelect = (props: Props) => (
  <ServerSelect<UnitView> {...props} path="/units" labelOf={({ name }) => name} />
);

/** A choice of a unit that begins with the account's own, when it holds the role on one only. */
export function useUnitChoice(role: RoleName) {
  const own = useOwnUnits(role);
  const [chosen, choose] = useState<UnitView | null>();
  const first = own.length === 1 ? (own[0] ?? null) : null;
  return [chosen === undefined ? first : chosen, choose] as const;
}

/** The units on which the account itself holds the role. */
export function useOwnUnits(role: RoleName): UnitView[] {
  const ids = useAccount().roles.flatMap((grant) => (grant.role === role && grant.unitId ? [grant.unitId] : []));
  const answers = useQueries({
    queries: ids.map((id) => ({ queryKey: [`/units/${id}`, {}], queryFn: () => server.get<UnitView>(`/units/${id}`) })),
  });
  return answers.flatMap(({ data }) => data ?? []);
}
