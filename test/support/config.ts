import { type ApiConfig, readApiConfig } from '#libs/config';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase } from './database.js';

export const ADMIN_PASSWORD = 'a password for tests';

/** What every process reads, for a house of its own: a fresh database and a media folder, which its maker removes. */
export async function houseEnvironment() {
  return { DATABASE_URL: await freshDatabase(), MEDIA_ROOT: await mkdtemp(join(tmpdir(), 'lectern-media-')) };
}

const newKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** What the API reads besides: keys, a password, any free port. */
export function apiEnvironment() {
  return {
    PLAY_SIGNING_KEY: newKey(),
    BUNDLE_KEY: newKey(),
    ADMIN_PASSWORD,
    HOST: '127.0.0.1',
    PORT: '0',
  };
}

/** Without a thread for ingest: one runs what was built, and here runs what is written. Stories have it. */
export const testConfig = async (overrides: Record<string, string> = {}): Promise<ApiConfig> =>
  readApiConfig({ ...(await houseEnvironment()), ...apiEnvironment(), INGEST_THREAD: 'false', ...overrides });
