// The secrets of an installation that was given none: made once and kept where only its owner may read.
import { generateKeyPairSync, randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Secrets from the environment, else from `dataDir`, else new ones. What the environment names is kept, too, so that the
 * next start without it finds the same.
 *
 * @returns {{ playSigningKey: string, bundleKey: string, adminPassword: string, demoPassword: string }}
 */
export function keepSecrets(dataDir, env) {
  const path = join(dataDir, 'secrets.json');
  const kept = { ...readJson(path), ...given(env) };
  const secrets = {
    playSigningKey: kept.playSigningKey ?? makeKey(),
    bundleKey: kept.bundleKey ?? makeKey(),
    adminPassword: kept.adminPassword ?? makePassword(),
    demoPassword: kept.demoPassword ?? makePassword(),
  };
  writeFileSync(path, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

function given({ PLAY_SIGNING_KEY: playSigningKey, BUNDLE_KEY: bundleKey, ADMIN_PASSWORD: adminPassword }) {
  const named = { playSigningKey, bundleKey, adminPassword };
  return Object.fromEntries(Object.entries(named).filter(([, secret]) => secret));
}

/** PKCS8 PEM of a new EC P-256 key. */
function makeKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
}

/** Twelve letters and digits that are not mistaken for each other, 59 bits. */
function makePassword() {
  const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group()].join('-');
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}
