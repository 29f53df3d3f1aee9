import { describe, expect, it } from '@jest/globals';
import { statementIdOf } from '#libs/database';
import { generateKeyPairSync } from 'node:crypto';
import { statementIds } from './statement-ids.js';

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('ids of what statements become', () => {
  it('are the same for one house whenever it is asked, however its key is written, and of the form of version 4', () => {
    const bundleKey = newKey();
    const id = statementIds({ bundleKey })('hour 7');
    expect(statementIds({ bundleKey: `\n${bundleKey}\n` })('hour 7')).toBe(id);
    expect(statementIds({ bundleKey })('hour 8')).not.toBe(id);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('cannot be reckoned from what is said: another house has others', () => {
    const id = statementIds({ bundleKey: newKey() })('hour 7');
    expect(id).not.toBe(statementIds({ bundleKey: newKey() })('hour 7'));
    expect(id).not.toBe(statementIdOf('hour 7'));
  });
});
