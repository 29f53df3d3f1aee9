import { v7 as uuidv7 } from 'uuid';
import { recall, type Installation, type PlayerDatabase, type Things } from '../store/player-database.js';

/** What is remembered of this installation, or a new one. */
export const installationOf = (remembered: Things[keyof Things] | undefined): Installation =>
  (remembered as Installation | undefined) ?? { id: uuidv7(), numbers: {} };

export async function installationIn(db: PlayerDatabase): Promise<Installation> {
  const known = await recall(db, 'installation');
  if (known) return known;
  const fresh = installationOf(undefined);
  await db.put('things', fresh, 'installation');
  return fresh;
}

/** The next number of an owner's batches on a device. Without a device nobody looks for missing ones: there is none. */
export function numbered(
  installation: Installation,
  owner: string,
  deviceId: string | undefined,
): [{ readonly number?: number }, Installation] {
  if (deviceId === undefined) return [{}, installation];
  const lane = `${owner} ${deviceId}`;
  const number = installation.numbers[lane] ?? 0;
  return [{ number }, { ...installation, numbers: { ...installation.numbers, [lane]: number + 1 } }];
}
