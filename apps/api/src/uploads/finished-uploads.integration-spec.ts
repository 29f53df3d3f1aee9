import { ProbeEdition } from '#libs/contracts';
import { getQueueToken } from '@nestjs/bullmq';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Queue } from 'bullmq';
import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../../../test/support/eventually.js';
import { seedEdition } from '../../../../test/support/editions.js';
import { sha256Of, startUploads, type TestUploads, uploadIdOf } from '../../../../test/support/tus.js';
import { FinishedUploads } from './finished-uploads.service.js';
import { UploadsHousekeeping } from './uploads-housekeeping.service.js';

interface EditionRow {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly live: boolean;
  readonly source_name: string;
  readonly source_bytes: string;
  readonly source_sha256: string;
  readonly failure_code: string | null;
}

describe('the end of an upload', () => {
  let u: TestUploads;
  const file = randomBytes(200_000);
  beforeAll(async () => {
    u = await startUploads();
  });
  afterAll(() => u.api.close());

  const sourceOf = (path: string) => join(u.api.config.mediaRoot, 'sources', uploadIdOf(path));
  const uploadOf = (path: string) => join(u.api.config.mediaRoot, 'uploads', uploadIdOf(path));
  const isThere = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    );
  const editionsOf = (path: string) =>
    u.api.database.query<EditionRow[]>(`SELECT * FROM edition WHERE upload_id = $1`, [uploadIdOf(path)]);
  const viewOf = async (path: string, language = 'en') => {
    const headers = { cookie: u.cookie, 'accept-language': language };
    const page = await fetch(`${u.api.url}/api/v1/uploads?limit=200`, { headers });
    const { items } = (await page.json()) as { items: { id: string }[] };
    return items.find(({ id }) => id === uploadIdOf(path));
  };
  const announce = (path: string, sha256: string) =>
    fetch(`${u.api.url}${path}/digest`, {
      method: 'PUT',
      headers: { cookie: u.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ sha256 }),
    });
  const uploaded = async (more: Record<string, string> = {}) => {
    const path = await u.created(file.length, more);
    return { path, patch: await u.tus.patch(path, 0, file) };
  };

  it('makes an edition and a job of the file, keeps the original and wakes a worker', async () => {
    const { path, patch } = await uploaded({ sha256: sha256Of(file) });
    expect([patch.status, patch.headers.get('upload-offset')]).toEqual([204, '200000']);
    const [edition] = await editionsOf(path);
    expect(edition).toMatchObject({
      number: 1,
      state: 'encoding',
      source_name: '土壤.mp4',
      source_bytes: '200000',
      source_sha256: sha256Of(file),
    });
    expect(await readFile(sourceOf(path))).toEqual(file);
    expect(await isThere(uploadOf(path))).toBe(false);
    const [job] = await u.api.database.query<[{ id: string }]>(`SELECT * FROM job WHERE edition_id = $1`, [
      edition?.id,
    ]);
    expect(job).toMatchObject({ kind: 'probe', state: 'waiting', generation: 1 });
    const queue = u.api.app.get<Queue>(getQueueToken(ProbeEdition.queue), { strict: false });
    const queued = await eventually('the queued job', async () => queue.getJob(`${job.id}-1-0`));
    expect(queued).toMatchObject({ data: { jobId: job.id } });
    expect(await viewOf(path)).toMatchObject({ state: 'done', bytes: 200_000, receivedBytes: 200_000 });
  });

  it('is said once: sending the last bytes again makes no second edition, and a new upload makes the next', async () => {
    const { path } = await uploaded();
    expect((await u.tus.patch(path, file.length, Buffer.alloc(0))).status).toBe(204);
    expect((await u.tus.patch(path, file.length, Buffer.alloc(1))).status).toBe(413);
    expect((await u.tus.patch(path, 0, file)).headers.get('upload-offset')).toBe('200000');
    await u.api.app.get(FinishedUploads).finish(uploadIdOf(path));
    const [edition, ...more] = await editionsOf(path);
    expect(more).toEqual([]);
    const next = await uploaded();
    expect(await editionsOf(next.path)).toMatchObject([{ number: (edition?.number ?? 0) + 1 }]);
  });

  it('refuses a file that is not the one announced, and leaves nothing of it but the reason', async () => {
    const { path, patch } = await uploaded({ sha256: sha256Of(Buffer.from('another')) });
    expect(patch.status).toBe(422);
    expect(await patch.json()).toMatchObject({ code: 'digest-mismatch' });
    expect(await editionsOf(path)).toEqual([]);
    expect([await isThere(sourceOf(path)), await isThere(uploadOf(path))]).toEqual([false, false]);
    expect((await u.tus.head(path)).status).toBe(422);
    expect(await viewOf(path, 'zh-CN')).toMatchObject({
      state: 'refused',
      failure: { code: 'digest-mismatch', title: '文件在传输中损坏，校验和不符，请重新上传。' },
    });
  });

  it('takes a digest that comes on the way', async () => {
    const path = await u.created(file.length);
    await u.tus.patch(path, 0, file.subarray(0, 1000));
    expect((await announce(path, sha256Of(Buffer.from('another')))).status).toBe(204);
    expect((await u.tus.patch(path, 1000, file.subarray(1000))).status).toBe(422);
    expect(await editionsOf(path)).toEqual([]);
  });

  it('compares a digest that comes after the end: the right one is kept, and any other then destroys nothing', async () => {
    const { path } = await uploaded();
    expect((await announce(path, sha256Of(file))).status).toBe(204);
    expect(await editionsOf(path)).toMatchObject([{ state: 'encoding' }]);
    for (const late of [path, (await uploaded({ sha256: sha256Of(file) })).path]) {
      const other = await announce(late, sha256Of(Buffer.from('another')));
      expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([409, 'conflict']);
      expect(await editionsOf(late)).toMatchObject([{ state: 'encoding' }]);
      expect(await readFile(sourceOf(late))).toEqual(file);
    }
  });

  it('ends an edition by a late digest of another file: viewers get the one before it', async () => {
    const before = await seedEdition(u.api.database, u.api.config.mediaRoot, u.country.lecture.id, { number: 90 });
    const { path } = await uploaded();
    await u.api.database.query(`UPDATE edition SET live = false WHERE live`);
    await u.api.database.query(`UPDATE edition SET live = true, state = 'ready' WHERE upload_id = $1`, [
      uploadIdOf(path),
    ]);
    const wrong = await announce(path, sha256Of(Buffer.from('another')));
    expect([wrong.status, ((await wrong.json()) as { code: string }).code]).toEqual([422, 'digest-mismatch']);
    expect(await editionsOf(path)).toMatchObject([{ state: 'failed', live: false, failure_code: 'digest-mismatch' }]);
    const jobs = await u.api.database.query<unknown[]>(`SELECT state FROM job WHERE edition_id = $1`, [
      uploadIdOf(path),
    ]);
    expect(jobs).toEqual([{ state: 'failed' }]);
    expect(await isThere(sourceOf(path))).toBe(false);
    const live = await u.api.database.query<unknown[]>(`SELECT id FROM edition WHERE live`);
    expect(live).toEqual([{ id: before.id }]);
    await u.api.database.query(`UPDATE edition SET live = false WHERE live`);
  });

  it('keeps an edition that was watched, whatever digest comes later', async () => {
    const { path } = await uploaded();
    await u.api.database.query(
      `INSERT INTO tracking_session (id, credential, boot_id, edition_id, kind, clock_at_start_ms, first_received_at, first_clock_to_ms)
       VALUES ($1, 'x', $1, $1, 'hall', 0, now(), 0)`,
      [uploadIdOf(path)],
    );
    expect((await announce(path, sha256Of(Buffer.from('another')))).status).toBe(409);
    expect(await editionsOf(path)).toMatchObject([{ state: 'encoding' }]);
    expect(await readFile(sourceOf(path))).toEqual(file);
  });

  it('survives a crash after the last byte', async () => {
    const path = await u.created(file.length, { sha256: sha256Of(file) });
    await writeFile(uploadOf(path), file);
    await u.api.app.get(UploadsHousekeeping).tidy();
    expect(await editionsOf(path)).toMatchObject([{ source_sha256: sha256Of(file) }]);
  });

  it('survives a crash after the file was moved', async () => {
    const path = await u.created(file.length);
    await u.api.database.query(`UPDATE upload SET state = 'verifying' WHERE id = $1`, [uploadIdOf(path)]);
    await writeFile(uploadOf(path), file);
    await mkdir(join(u.api.config.mediaRoot, 'sources'), { recursive: true });
    await rename(uploadOf(path), sourceOf(path));
    expect((await u.tus.head(path)).headers.get('upload-offset')).toBe('200000');
    const settled = eventually('the edition', async () => ((await editionsOf(path)).length > 0 ? true : undefined));
    await Promise.all([u.api.app.get(UploadsHousekeeping).tidy(), u.api.app.get(UploadsHousekeeping).tidy(), settled]);
    expect(await editionsOf(path)).toHaveLength(1);
    expect(await readFile(sourceOf(path))).toEqual(file);
  });

  it('lists the caller’s own uploads page by page, newest first, and those of one lecture', async () => {
    const paths = [await u.created(1), await u.created(2), await u.created(3)];
    const page = async (query: string) => {
      const response = await fetch(`${u.api.url}/api/v1/uploads?${query}`, { headers: { cookie: u.cookie } });
      return (await response.json()) as {
        items: { id: string; state: string; receivedBytes: number }[];
        next: string | null;
      };
    };
    const first = await page('limit=2');
    const second = await page(`limit=1&after=${first.next ?? ''}`);
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toEqual(paths.map(uploadIdOf).toReversed());
    expect(first.items[0]).toMatchObject({ state: 'receiving', receivedBytes: 0, lectureTitle: 'Terraces' });
    expect((await page('lectureId=0190f0f0-0000-7000-8000-000000000000')).items).toEqual([]);
  });
});
