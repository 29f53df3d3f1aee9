// Two documents that must not lie: `node tools/drift.js schema` compares the entities with the migrated schema,
// `node tools/drift.js openapi` the committed docs/openapi.json with what the API serves (`--write` renews it).
// Works on what `npm run build` has made.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { houseEnvironment, migrate, startApp, waitForHealth } from './house.js';
import { root } from './install.js';
import { freePort, startPostgres } from './postgres.js';
import { explain, Refusal, say } from './progress.js';
import { keepSecrets } from './secrets.js';

const [what, flag] = process.argv.slice(2);
const checks = { schema: checkSchema, openapi: checkOpenapi };

async function checkSchema({ DATABASE_URL: databaseUrl }) {
  const { createDataSource } = await import('#libs/database');
  const database = await createDataSource({ databaseUrl }).initialize();
  const { upQueries } = await database.driver.createSchemaBuilder().log();
  await database.destroy();
  const statements = upQueries.map(({ query }) => `  ${query}`);
  if (statements.length > 0) throw new Refusal(`To fit the entities, the schema would need:\n${statements.join('\n')}`);
}

async function checkOpenapi(env, folder) {
  const served = `${JSON.stringify(await servedDocument(env, folder), null, 2)}\n`;
  const path = join(root, 'docs/openapi.json');
  if (flag === '--write') return writeFileSync(path, served);
  if (readFileSync(path, 'utf8') !== served) {
    throw new Refusal('docs/openapi.json is not what the API serves. Type: node tools/drift.js openapi --write');
  }
}

async function servedDocument(env, folder) {
  const baseUrl = `http://127.0.0.1:${env.PORT}`;
  const api = startApp('api', env, join(folder, 'api.log'));
  try {
    await waitForHealth(baseUrl, api);
    return await (await fetch(`${baseUrl}/api/v1/openapi.json`)).json();
  } finally {
    await api.stop();
  }
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-drift-'));
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false });
  try {
    const secrets = keepSecrets(folder, {});
    const settings = { dataDir: folder, databaseUrl: postgres.url, port: await freePort(), secrets, env: process.env };
    const env = houseEnvironment(settings);
    await migrate(env, join(folder, 'migrate.log'));
    await checks[what](env, folder);
    say(`${what}: no drift`);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  say(explain(error));
  process.exitCode = 1;
});
