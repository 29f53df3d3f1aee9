import { catchUp, tellSettled } from '#libs/database';
import { videoVerbs, type Statement } from '#libs/domain';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Country } from './people.js';
import { batchOf, seedLearner, send, spanOf, startWatching } from './tracking.js';

export const YESTERDAY = Date.now() - 24 * 3_600_000;
export const HOME = 'https://lectern.example';

export const verbsOf = (statements: readonly Statement[]) =>
  statements.map(({ verb }) => Object.entries(videoVerbs).find(([, id]) => id === verb.id)?.[0]);

/** A house in which people watch, and what of it is told to a learning record store. */
export async function startTelling() {
  const house = await startWatching();
  const { database } = house.api;

  /** What arrived is derived and told: all of it is in the outbox. */
  const tellAll = async () => {
    while ((await catchUp(database, 'anybody')) > 0);
    while (await tellSettled(database, HOME));
  };
  return {
    ...house,
    tellAll,
    empty: () => database.query(`DELETE FROM xapi_statement; DELETE FROM xapi_due; DELETE FROM xapi_sender`),
    outbox: async () => {
      const rows = await database.query<{ statement: Statement }[]>(
        `SELECT statement FROM xapi_statement ORDER BY place`,
      );
      return rows.map(({ statement }) => statement);
    },
    /** Somebody new watches a lecture of ten minutes; their statements wait. */
    watch: async (spans = [spanOf(0, 0, 15_000)]) => {
      const learnerId = await seedLearner(database, house.country.sites.hall);
      const session = house.personal({ id: uuidv7(), learnerId, spans });
      await send(house.api.url, batchOf([session], YESTERDAY), house.device);
      await tellAll();
      return { learnerId, session };
    },
  };
}

/** A learning record store that has stopped, and refused one statement of somebody on the roster. */
export const seedStoppedStore = async (database: DataSource, { learners }: Country): Promise<void> => {
  const statement = {
    verb: { display: { en: 'played' } },
    object: { definition: { name: { 'zh-CN': '梯田与水土保持' } } },
  };
  await database.query(
    `INSERT INTO xapi_sender (host, settle_ms, state, status, not_before, sent, sent_at)
     VALUES ('lrs.example', 600000, 'stopped', 401, now() + interval '1 hour', 12345, now())`,
  );
  await database.query(
    `INSERT INTO xapi_statement (id, learner_id, statement, refused_at, status, detail)
     VALUES (gen_random_uuid(), $1, $2, now(), 400, '{"error":"Verb is not allowed by policy"}')`,
    [learners.li.id, JSON.stringify(statement)],
  );
};
