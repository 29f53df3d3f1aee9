import { type Config, readConfig } from '#libs/config';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase } from './database.js';

export const ADMIN_PASSWORD = 'a password for tests';

/** The environment of one house of its own: a fresh database, a media folder, a key, any free port. */
export async function testEnvironment(): Promise<Record<string, string>> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    DATABASE_URL: await freshDatabase(),
    MEDIA_ROOT: await mkdtemp(join(tmpdir(), 'lectern-media-')),
    PLAY_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ADMIN_PASSWORD,
    HOST: '127.0.0.1',
    PORT: '0',
  };
}

export const testConfig = async (overrides: Record<string, string> = {}): Promise<Config> =>
  readConfig({ ...(await testEnvironment()), ...overrides });
