// `node tools/openapi.js` compares the committed docs/openapi.json with what the built API serves; `--write` renews it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { houseEnvironment, migrate, startApp, waitForHealth } from './house.js';
import { root } from './install.js';
import { freePort, startPostgres } from './postgres.js';
import { explain, Refusal, say } from './progress.js';
import { keepSecrets } from './secrets.js';

const path = join(root, 'docs/openapi.json');

async function compare(env, folder) {
  const served = `${JSON.stringify(await servedDocument(env, folder), null, 2)}\n`;
  if (process.argv[2] === '--write') return writeFileSync(path, served);
  if (readFileSync(path, 'utf8') !== served) {
    throw new Refusal('docs/openapi.json is not what the API serves. Type: node tools/openapi.js --write');
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
  const folder = mkdtempSync(join(tmpdir(), 'lectern-openapi-'));
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false });
  try {
    const secrets = keepSecrets(folder, {});
    const settings = { dataDir: folder, databaseUrl: postgres.url, port: await freePort(), secrets, env: process.env };
    const env = houseEnvironment(settings);
    await migrate(env, join(folder, 'migrate.log'));
    await compare(env, folder);
    say('docs/openapi.json says what the API serves.');
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  say(explain(error));
  process.exitCode = 1;
});
