import { Account, AccountRole, type Role } from '#libs/database';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Country } from './people.js';

/** One more account, with everybody's password, that holds the roles on a unit of the country. @returns its login. */
export async function addColleague(
  { manager }: DataSource,
  { accounts }: Country,
  unitId: string,
  roles: readonly Role[],
): Promise<string> {
  const { passwordHash } = await manager.findOneByOrFail(Account, { id: accounts.librarian.id });
  const [id, login] = [uuidv7(), 'colleague'];
  await manager.insert(Account, { id, login, name: login, passwordHash });
  await manager.insert(
    AccountRole,
    roles.map((role) => ({ id: uuidv7(), accountId: id, role, unitId })),
  );
  return login;
}
