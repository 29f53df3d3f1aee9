import { catchUp } from '#libs/database';
import type { DataSource } from 'typeorm';

export const deriveAll = async (database: DataSource): Promise<void> => {
  while ((await catchUp(database, 'anybody')) > 0);
};

/** Each table in which a text stands somewhere. */
export async function tablesWith(database: DataSource, text: string): Promise<string[]> {
  const tables = await database.query<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [{ holds }] = await database.query<[{ holds: boolean }]>(
      `SELECT EXISTS (SELECT FROM "${name}" kept WHERE strpos(kept::text, $1) > 0) AS holds`,
      [text],
    );
    if (holds) found.push(name);
  }
  return found;
}
