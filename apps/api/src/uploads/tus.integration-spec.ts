import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Country, seedCountry, signIn } from '../../../../test/support/people.js';
import { TusSpeaker, uploadMetadata } from '../../../../test/support/tus.js';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('uploads', () => {
  let api: TestApi;
  let country: Country;
  let tus: TusSpeaker;
  const metadata = (more: Record<string, string> = {}) =>
    uploadMetadata({ filename: '土壤.mp4', lectureId: country.lecture.id, ...more });

  beforeAll(async () => {
    api = await startApi();
    country = await seedCountry(api.database);
    tus = new TusSpeaker(api.url, (await signIn(api.url, 'librarian')).cookie);
  });
  afterAll(() => api.close());

  const created = async (length: number, more: Record<string, string> = {}) => {
    const response = await tus.create({ 'upload-length': String(length), 'upload-metadata': metadata(more) });
    expect(response.status).toBe(201);
    return response.headers.get('location') ?? '';
  };
  const idOf = (path: string) => path.split('/').at(-1) ?? '';

  it('makes one edition and one waiting job of a whole file', async () => {
    const file = randomBytes(300_000);
    const path = await created(file.length, { sha256: sha256(file) });
    const patch = await tus.patch(path, 0, file);
    expect(patch.status).toBe(204);
    expect(patch.headers.get('upload-offset')).toBe('300000');
    const editions = await api.database.query<unknown[]>(
      `SELECT edition.*, job.kind, job.state AS job_state FROM edition JOIN job ON job.edition_id = edition.id WHERE upload_id = $1`,
      [idOf(path)],
    );
    expect(editions).toMatchObject([
      { state: 'encoding', source_name: '土壤.mp4', source_sha256: sha256(file), kind: 'probe', job_state: 'waiting' },
    ]);
    expect(await readFile(join(api.config.mediaRoot, 'sources', idOf(path)))).toEqual(file);
  });
});
