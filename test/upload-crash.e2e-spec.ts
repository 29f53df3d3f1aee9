import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from './support/eventually.js';
import { type House, startHouse } from './support/house.js';
import { seedCountry, signIn } from './support/people.js';
import { sha256Of, TusSpeaker, uploadIdOf, uploadMetadata } from './support/tus.js';

describe('an upload under way', () => {
  let house: House;
  beforeAll(async () => {
    house = await startHouse();
  });
  afterAll(() => house.stop());

  it('survives kill -9 of the API: what had arrived is there, and going on gives the same file', async () => {
    const file = randomBytes(3_000_000);
    const { lecture } = await seedCountry(house.database);
    await house.kill('worker');
    const tus = new TusSpeaker(house.url, (await signIn(house.url, 'librarian')).cookie);
    const metadata = uploadMetadata({ filename: 'lecture.mp4', lectureId: lecture.id, sha256: sha256Of(file) });
    const created = await tus.create({ 'upload-length': String(file.length), 'upload-metadata': metadata });
    const path = created.headers.get('location') ?? '';
    const acknowledged = await tus.patch(path, 0, file.subarray(0, 1_000_000));
    expect(acknowledged.status).toBe(204);
    const { request } = tus.begin(path, 1_000_000, 2_000_000);
    request.write(file.subarray(1_000_000, 2_000_000));
    await eventually('some bytes more', async () => {
      const { size } = await stat(join(house.mediaRoot, 'uploads', uploadIdOf(path)));
      return size > 1_000_000 ? size : undefined;
    });
    await house.kill('api');
    await house.start('api');
    const offset = Number((await tus.head(path)).headers.get('upload-offset'));
    expect(offset).toBeGreaterThan(1_000_000);
    expect(offset).toBeLessThanOrEqual(2_000_000);
    const last = await tus.patch(path, offset, file.subarray(offset));
    expect(last.status).toBe(204);
    await house.kill('api');
    expect(await readFile(join(house.mediaRoot, 'sources', uploadIdOf(path)))).toEqual(file);
    const jobs = await house.database.query<unknown[]>(
      `SELECT job.kind, job.state FROM job JOIN edition ON edition.id = job.edition_id WHERE upload_id = $1`,
      [uploadIdOf(path)],
    );
    expect(jobs).toEqual([{ kind: 'probe', state: 'waiting' }]);
  });
});
