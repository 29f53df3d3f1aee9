import { Health } from '#libs/contracts';
import { DamagedBlob, Worker } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import { v7 as uuidv7 } from 'uuid';
import { seedEdition } from '../../../../test/support/editions.js';
import { seedCountry } from '../../../../test/support/people.js';
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
      sandbox: { status: 'ok' },
    });
  });

  it('is degraded without a worker, and names what a worker lacks to confine ffmpeg', async () => {
    expect((await ask()).health.checks.workers).toEqual({ status: 'degraded', detail: 'no worker is at work' });
    await api.database.manager.insert(Worker, { id: uuidv7(), missingProtections: [] });
    expect((await ask()).health.checks).toMatchObject({ workers: { status: 'ok' }, sandbox: { status: 'ok' } });
    await api.database.manager.insert(Worker, { id: uuidv7(), missingProtections: ['limits', 'isolation'] });
    expect((await ask()).health).toMatchObject({
      status: 'degraded',
      checks: {
        sandbox: { status: 'degraded', detail: 'missing: isolation, limits', missing: ['isolation', 'limits'] },
      },
    });
  });

  it('does not count a worker that has not beaten for a minute', async () => {
    await api.database.query(`UPDATE worker SET beat_at = now() - interval '2 minutes'`);
    expect((await ask()).health.checks).toMatchObject({ workers: { status: 'degraded' }, sandbox: { status: 'ok' } });
  });

  it('is degraded while pieces of lectures are damaged, and says how many', async () => {
    const { lecture } = await seedCountry(api.database);
    const { id } = await seedEdition(api.database, api.config.mediaRoot, lecture.id);
    await api.database.manager.insert(DamagedBlob, [
      { editionId: id, name: 'one', damage: 'missing' },
      { editionId: id, name: 'two', damage: 'wrong' },
    ]);
    expect((await ask()).health.checks['storage']).toEqual({
      status: 'degraded',
      detail: '2 blobs are damaged',
      damagedBlobs: 2,
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
