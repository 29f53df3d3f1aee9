import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Edition, Job } from '#libs/database';
import { copyFile, mkdir, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { eventually } from './support/eventually.js';
import { type House, startHouse } from './support/house.js';
import { seedCountry } from './support/people.js';
import { movingClip } from './support/recordings.js';

/** The programs of ffmpeg's on this machine that work for this house: bubblewrap shows its folders on the command line. */
async function encodersOf(mediaRoot: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const alive = await Promise.all(
    pids.map(async (pid) => {
      const program = await readlink(`/proc/${pid}/exe`).catch(() => '');
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return /(ffmpeg|bwrap)$/.test(program) && command.includes(mediaRoot) ? [pid] : [];
    }),
  );
  return alive.flat();
}

describe('an encode under way', () => {
  let house: House;
  let lectureId: string;
  let number = 0;
  beforeAll(async () => {
    house = await startHouse();
    lectureId = (await seedCountry(house.database)).lecture.id;
  });
  afterAll(() => house.stop());

  const jobOf = (editionId: string) => house.database.manager.findOneBy(Job, { editionId, kind: 'chunk' });

  /** As the end of an upload leaves it, with no worker there to see it. */
  const uploaded = async (): Promise<string> => {
    const id = uuidv7();
    await mkdir(join(house.mediaRoot, 'sources'), { recursive: true });
    await copyFile(await movingClip(house.mediaRoot, 60, '1280x720'), join(house.mediaRoot, 'sources', id));
    const source = { sourceName: 'a.mp4', sourceBytes: '1', sourceSha256: 'x' };
    await house.database.manager.insert(Edition, { id, lectureId, number: (number += 1), ...source });
    await house.database.manager.insert(Job, { id: uuidv7(), editionId: id, kind: 'probe' });
    return id;
  };

  it('survives kill -9 of its worker: no encoder stays behind, and another worker finishes it', async () => {
    await house.kill('worker');
    const id = await uploaded();
    await house.start('worker');
    await eventually('a chunk on its way', async () => {
      const job = await jobOf(id);
      return job?.state === 'running' && (await encodersOf(house.mediaRoot)).length > 0 ? job : undefined;
    });
    await house.kill('worker');
    await eventually('the end of its encoders', async () =>
      (await encodersOf(house.mediaRoot)).length === 0 ? true : undefined,
    );
    await house.start('worker');
    const edition = await eventually(
      'the lecture',
      async () => {
        const now = await house.database.manager.findOneByOrFail(Edition, { id });
        return now.state === 'encoding' ? undefined : now;
      },
      300_000,
    );
    expect(edition).toMatchObject({ state: 'ready', live: true, durationMs: 60_000 });
    expect(await jobOf(id)).toMatchObject({ state: 'done', attempts: 2, fence: 2 });
    expect(await readdir(join(house.mediaRoot, 'work'))).toEqual([]);
  }, 600_000);

  it('is handed over within seconds when its worker is asked to stop', async () => {
    await house.kill('worker');
    const id = await uploaded();
    await house.start('worker');
    await eventually('a chunk on its way', async () => {
      const job = await jobOf(id);
      return job?.state === 'running' && (await encodersOf(house.mediaRoot)).length > 0 ? job : undefined;
    });
    const askedAt = performance.now();
    await house.kill('worker', 'SIGTERM');
    expect(performance.now() - askedAt).toBeLessThan(5_000);
    expect(await encodersOf(house.mediaRoot)).toEqual([]);
    expect(await jobOf(id)).toMatchObject({ state: 'waiting', attempts: 0 });
  }, 120_000);
});
