import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobKey, BlobStore, editionFolder } from './index.js';

describe('the blob store on a disk', () => {
  let root: string;
  let store: BlobStore;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lectern-store-'));
    store = new BlobStore(root);
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  const scratchFile = async (content: string) => {
    const path = join(await store.makeScratch('job'), 'piece');
    await writeFile(path, content);
    return path;
  };

  it('takes files over under their names and leaves no draft beside them', async () => {
    const path = await scratchFile('one');
    await store.putAll(editionFolder('e'), [{ name: 'a.m4s', path }]);
    expect(await readdir(store.pathOf('editions/e'))).toEqual(['a.m4s']);
    expect(await readFile(store.pathOf(blobKey('e', 'a.m4s')), 'utf8')).toBe('one');
  });

  it('may be told the same blob twice', async () => {
    await store.putAll(editionFolder('twice'), [{ name: 'a.m4s', path: await scratchFile('one') }]);
    await store.putAll(editionFolder('twice'), [{ name: 'a.m4s', path: await scratchFile('one') }]);
    expect(await readdir(store.pathOf('editions/twice'))).toEqual(['a.m4s']);
  });

  it('says storage-failed when a piece is not there, and leaves nothing of it', async () => {
    const missing = store.putAll(editionFolder('x'), [{ name: 'a.m4s', path: join(root, 'nothing') }]);
    await expect(missing).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await readdir(store.pathOf('editions/x'))).toEqual([]);
  });

  it('gives every job an empty scratch and removes whole folders', async () => {
    await scratchFile('left over');
    expect(await readdir(await store.makeScratch('job'))).toEqual([]);
    await store.remove('work/job');
    expect(await readdir(store.pathOf('work'))).toEqual([]);
  });

  it('knows how much room is left', async () => {
    expect((await store.check()).freeBytes).toBeGreaterThan(0);
  });
});
