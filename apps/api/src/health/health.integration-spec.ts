import { Health } from '#libs/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import { startApi, type TestApi } from '../../../../test/support/api.js';

describe('health', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  const ask = async () => {
    const response = await fetch(`${api.url}/api/v1/health`);
    return { status: response.status, health: Health.parse(await response.json()) };
  };

  it('says of each thing that the API stands on whether it works, to anybody', async () => {
    const { status, health } = await ask();
    expect(status).toBe(200);
    expect(health.checks).toMatchObject({
      database: { status: 'ok' },
      queue: { status: 'ok' },
      storage: { status: expect.stringMatching(/^(ok|degraded)$/) },
      sandbox: { status: expect.stringMatching(/^(ok|degraded)$/) },
    });
  });

  it('is 503 when something that it cannot do without is down', async () => {
    await rm(api.config.mediaRoot, { recursive: true });
    await writeFile(api.config.mediaRoot, 'no folder');
    const { status, health } = await ask();
    expect(status).toBe(503);
    expect(health).toMatchObject({
      status: 'down',
      checks: { storage: { status: 'down' }, database: { status: 'ok' } },
    });
  });
});
