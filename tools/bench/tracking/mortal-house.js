// A house whose API and PostgreSQL can be killed and started again, on the same ports and the same data.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiEnvironment, houseEnvironment, migrate, startApp, waitForHealth } from '../../house.js';
import { freePort, startPostgres } from '../../postgres.js';
import { isAlive, waitUntil } from '../../processes.js';
import { keepSecrets } from '../../secrets.js';

/** @param {(house: MortalHouse) => Promise<void>} use */
export async function withMortalHouse(use) {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-mortal-'));
  const house = new MortalHouse(folder);
  try {
    await house.open();
    await use(house);
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

class MortalHouse {
  constructor(folder) {
    this.folder = folder;
  }

  async open() {
    [this.apiPort, this.databasePort] = [await freePort(), await freePort()];
    this.url = `http://localhost:${this.apiPort}`;
    await this.startPostgres();
    this.databaseUrl = this.postgres.url;
    const { REDIS_URL: _redis, ...outer } = process.env;
    const env = houseEnvironment({ dataDir: this.folder, databaseUrl: this.databaseUrl, env: outer });
    await migrate(env, join(this.folder, 'migrate.log'));
    this.environment = apiEnvironment(env, { port: this.apiPort, secrets: keepSecrets(this.folder, {}) });
    await this.startApi();
  }

  async startPostgres() {
    this.postgres = await startPostgres({ dataDir: join(this.folder, 'postgres'), port: this.databasePort });
  }

  async startApi() {
    this.api = startApp('api', this.environment, join(this.folder, 'api.log'));
    await waitForHealth(this.url, this.api);
  }

  async killApi() {
    await kill(this.api.pid);
    await this.startApi();
  }

  async killPostgres() {
    await kill(this.postgres.pid);
    await this.startPostgres();
  }

  async close() {
    await this.api?.stop();
    await this.postgres?.stop();
  }
}

async function kill(pid) {
  process.kill(pid, 'SIGKILL');
  await waitUntil(`process ${pid} to be gone`, () => !isAlive(pid), 10_000);
}
