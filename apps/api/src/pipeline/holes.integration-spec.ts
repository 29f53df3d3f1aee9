import { createDataSource, Edition, Job, type JobKind, Rendition } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { freshDatabase } from '../../../../test/support/database.js';
import { seedEdition } from '../../../../test/support/editions.js';
import { seedCountry } from '../../../../test/support/people.js';
import { reopenEdition, reopenJobs } from './orders.queries.js';

describe('a retry of an encode that failed when it was to be published', () => {
  let database: DataSource;
  let folder: string;
  let lectureId: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-holes-'));
    database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
    lectureId = (await seedCountry(database)).lecture.id;
  });
  afterAll(async () => {
    await database.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  let number = 0;
  /** All of it was done, and then the last step failed. @returns the state of each job after the retry. */
  const retryAfter = async (failureCode: string) => {
    number += 1;
    const { id } = await seedEdition(database, folder, lectureId, { number, live: false });
    const db = database.manager;
    await db.update(Edition, id, { state: 'failed', shownEncode: null, failureCode });
    const done = (kind: JobKind) => ({ id: uuidv7(), editionId: id, kind, state: 'done' as const, attempts: 1 });
    await db.insert(Job, (['probe', 'chunk', 'audio', 'stills'] as const).map(done));
    await db.insert(Job, { ...done('publish'), state: 'failed', failureCode, attempts: 3 });
    const woken = await database.transaction(async (tx) =>
      reopenJobs(tx, id, (await reopenEdition(tx, id)) ?? Number.NaN),
    );
    const jobs = await db.findBy(Job, { editionId: id });
    return {
      woken: woken.map(({ kind }) => kind).toSorted(),
      states: Object.fromEntries(jobs.map(({ kind, state, attempts }) => [kind, `${state} ${attempts}`])),
      renditions: await db.countBy(Rendition, { editionId: id }),
    };
  };

  it('makes all of it again where it had a hole, and leaves the check to whoever ends last', async () => {
    expect(await retryAfter('verify-failed')).toEqual({
      woken: ['audio', 'chunk', 'stills'],
      // One that waited already would find the hole again before it could be filled, and fail what is under way.
      states: { probe: 'done 1', chunk: 'waiting 0', audio: 'waiting 0', stills: 'waiting 0' },
      renditions: 0,
    });
  });

  it('keeps every piece where it was something else', async () => {
    expect(await retryAfter('internal')).toEqual({
      woken: ['publish'],
      states: { probe: 'done 1', chunk: 'done 1', audio: 'done 1', stills: 'done 1', publish: 'waiting 0' },
      renditions: 3,
    });
  });
});
