import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { v7 as uuidv7 } from 'uuid';
import { S3Server } from '../../../test/support/s3-server.js';
import { blobKey, BlobStore, createStore, editionFolder, sourceKey, SOURCES, type StoredBlob } from './index.js';

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const nameOf = (content: Buffer) => `${sha256(content)}.m4s`;
const never = new AbortController().signal;
const PART_BYTES = 16 * 1024 ** 2;

const bytesOf = async (content: Readable | undefined) => (content ? buffer(content) : undefined);
const all = async <T>(items: AsyncIterable<T>) => {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
};

describe.each(['disk', 'S3', 'S3 without checksums'])('the blob store on %s', (kind) => {
  let root: string;
  let server: S3Server;
  let store: BlobStore;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lectern-store-'));
    server = await new S3Server().listen();
    server.statesChecksums = kind === 'S3';
    const bucket = kind === 'disk' ? undefined : server.asBucket;
    store = await createStore({ mediaRoot: root, bucket, originalsCacheBytes: 1_000_000 });
  });
  afterAll(async () => {
    await server.close();
    await rm(root, { recursive: true, force: true });
  });

  const file = async (content: Buffer) => {
    const path = join(await store.scratch.make(uuidv7()), 'piece');
    await writeFile(path, content);
    return path;
  };
  const put = async (editionId: string, content: Buffer, name = nameOf(content)) =>
    store.putAll(editionFolder(editionId), [{ name, path: await file(content) }]);
  const names = async (folder: string) => (await all(store.list(folder))).map(({ name }) => name).toSorted();

  it('takes files over under their names and leaves no draft beside them', async () => {
    const contents = Array.from({ length: 25 }, () => randomBytes(2_000));
    const files = await Promise.all(
      contents.map(async (content) => ({ name: nameOf(content), path: await file(content) })),
    );
    await store.putAll(editionFolder('many'), files);
    expect(await names(editionFolder('many'))).toEqual(contents.map(nameOf).toSorted());
    for (const content of contents) {
      expect(await bytesOf(await store.read(blobKey('many', nameOf(content))))).toEqual(content);
    }
  });

  it('may be told the same blob twice', async () => {
    const content = randomBytes(100);
    await put('twice', content);
    await put('twice', content);
    expect(await names(editionFolder('twice'))).toEqual([nameOf(content)]);
  });

  it('refuses what is not what its name says, and leaves nothing of it', async () => {
    const refused = put('wrong', randomBytes(100), nameOf(Buffer.from('another')));
    await expect(refused).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await names(editionFolder('wrong'))).toEqual([]);
  });

  it('says storage-failed when a piece is not there, and leaves nothing of it', async () => {
    const missing = store.putAll(editionFolder('x'), [{ name: nameOf(Buffer.from('x')), path: join(root, 'nothing') }]);
    await expect(missing).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await names(editionFolder('x'))).toEqual([]);
  });

  it('gives sizes and parts, and says of what is not there that it is not', async () => {
    const content = randomBytes(1_000);
    const key = blobKey('parts', nameOf(content));
    await put('parts', content);
    expect(await store.sizeOf(key)).toBe(1_000);
    expect(await bytesOf(await store.read(key, { first: 10, last: 19 }))).toEqual(content.subarray(10, 20));
    expect(await store.sizeOf(blobKey('parts', 'none'))).toBeUndefined();
    expect(await store.read(blobKey('parts', 'none'))).toBeUndefined();
    expect(await names('nowhere')).toEqual([]);
  });

  it('lists folders, and blobs with their times by its own clock', async () => {
    const before = await store.now();
    await put('timed', randomBytes(10));
    const [blob] = (await all(store.list(editionFolder('timed')))) as [StoredBlob];
    expect(blob.bytes).toBe(10);
    expect(blob.changedAt.getTime()).toBeGreaterThanOrEqual(before.getTime() - 1_000);
    expect(blob.changedAt.getTime()).toBeLessThanOrEqual((await store.now()).getTime() + 1_000);
    expect(await all(store.folders('editions'))).toContain('timed');
  });

  it('removes a blob, a folder with all that is in it, and what is not there', async () => {
    for (let pieces = 0; pieces < 25; pieces++) await put('gone', randomBytes(10));
    await put('gone-not', randomBytes(10));
    const [first = ''] = await names(editionFolder('gone'));
    await store.remove(blobKey('gone', first));
    expect(await names(editionFolder('gone'))).toHaveLength(24);
    await store.remove(editionFolder('gone'));
    await store.remove(editionFolder('gone'));
    expect(await names(editionFolder('gone'))).toEqual([]);
    expect(await names(editionFolder('gone-not'))).toHaveLength(1);
  });

  it('keeps originals of any size and lends them by path', async () => {
    const id = uuidv7();
    const original = randomBytes(2 * PART_BYTES + 1_000);
    const content = { bytes: original.length, sha256: sha256(original) };
    await store.putAll(SOURCES, [{ name: id, path: await file(original), content }]);
    await store.putAll(SOURCES, [{ name: id, path: await file(original), content }]);
    const folders = [await store.scratch.make('one'), await store.scratch.make('two')];
    const lent = await Promise.all(folders.map((folder) => store.lend(sourceKey(id), content, folder, never)));
    for (const path of lent) expect(sha256(await readFile(path))).toBe(content.sha256);
    expect(await store.sizeOf(sourceKey(id))).toBe(original.length);
  });

  it('says of an original that is not there that it is gone', async () => {
    const lent = store.lend(sourceKey('none'), { bytes: 1, sha256: 'x' }, await store.scratch.make('none'), never);
    await expect(lent).rejects.toMatchObject({ code: 'original-gone' });
  });

  it('gives every job an empty scratch', async () => {
    await writeFile(join(await store.scratch.make('job'), 'left over'), 'x');
    expect(await stat(join(await store.scratch.make('job'), 'left over')).catch(() => 'none')).toBe('none');
    await store.scratch.remove('job');
    expect((await store.scratch.list()).map(({ id }) => id)).not.toContain('job');
  });

  it('knows how much room is left', async () => {
    expect((await store.check()).freeBytes).toBeGreaterThan(0);
  });
});

describe('copies of originals', () => {
  let root: string;
  let server: S3Server;
  let store: BlobStore;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lectern-cache-'));
    server = await new S3Server().listen();
    store = await createStore({ mediaRoot: root, bucket: server.asBucket, originalsCacheBytes: 25_000 });
    await mkdir(join(root, 'uploads'));
  });
  afterAll(async () => {
    await server.close();
    await rm(root, { recursive: true, force: true });
  });

  const keep = async (bytes: number) => {
    const [id, original] = [uuidv7(), randomBytes(bytes)];
    const path = join(root, 'uploads', id);
    await writeFile(path, original);
    const content = { bytes, sha256: sha256(original) };
    await store.putAll(SOURCES, [{ name: id, path, content }]);
    return { key: sourceKey(id), content };
  };
  const lend = async ({ key, content }: Awaited<ReturnType<typeof keep>>, signal = never) =>
    store.lend(key, content, await store.scratch.make(uuidv7()), signal);
  const fetched = (key: string) =>
    server.asked.filter((ask) => ask.operation === 'GetObject' && ask.key === key).length;

  it('are fetched once for all who want them, and again when they had to give way', async () => {
    const [first, second, third] = [await keep(10_000), await keep(10_000), await keep(10_000)];
    const path = await lend(first);
    await Promise.all([lend(second), lend(second), lend(second)]);
    await lend(first);
    expect([fetched(first.key), fetched(second.key)]).toEqual([1, 1]);
    await lend(third);
    await lend(first);
    expect(fetched(first.key)).toBe(1);
    await lend(second);
    expect(fetched(second.key)).toBe(2);
    expect(sha256(await readFile(path))).toBe(first.content.sha256);
  });

  it('are lent also when they are larger than the room for them', async () => {
    const large = await keep(60_000);
    expect(sha256(await readFile(await lend(large)))).toBe(large.content.sha256);
  });

  it('are never lent when they are not what was put there', async () => {
    const original = await keep(1_000);
    const stored = server.objects.get(original.key);
    if (stored) stored.body = randomBytes(1_000);
    await expect(lend(original)).rejects.toMatchObject({ code: 'original-gone' });
  });

  it('let a job stop at once while they come', async () => {
    const original = await keep(1_000);
    const job = new AbortController();
    server.fault = (operation) => (operation === 'GetObject' ? { delayMs: 300 } : undefined);
    const lent = lend(original, job.signal);
    job.abort(new Error('stopped'));
    await expect(lent).rejects.toThrow('stopped');
    server.fault = () => undefined;
  });
});
