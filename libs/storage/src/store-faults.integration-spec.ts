import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { v7 as uuidv7 } from 'uuid';
import type { Fault, Operation } from '../../../test/support/s3-server.js';
import { SmallDisk } from '../../../test/support/small-disk.js';
import { startStore, type TestStore } from '../../../test/support/stores.js';
import { type BlobStore, DiskBlobStore, SOURCES } from './index.js';

const MANY_PARTS = 17 * 1024 ** 2;
const never = new AbortController().signal;
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** Keeps a file of so many bytes as the original of a new edition. @returns its key and what it is */
async function keep(store: BlobStore, bytes: number) {
  const original = randomBytes(bytes);
  const [name, content] = [uuidv7(), { bytes, sha256: sha256(original) }];
  const path = join(await store.scratch.make(name), 'original');
  await writeFile(path, original);
  await store.putAll(SOURCES, [{ name, path, content }]);
  return { key: `${SOURCES}/${name}`, content };
}

describe('an object store that fails', () => {
  let t: TestStore;
  beforeAll(async () => {
    t = await startStore('S3');
  });
  afterEach(() => {
    t.server.fault = () => undefined;
  });
  afterAll(() => t.close());

  /** Something that makes the call, after whatever must be there first. */
  const small = () => keep(t.store, 100);
  const calls: Record<Operation, () => Promise<() => Promise<unknown>>> = {
    HeadBucket: async () => Promise.resolve(() => t.store.check()),
    ListObjects: async () => Promise.resolve(() => t.names(SOURCES)),
    ListUploads: async () => Promise.resolve(() => t.store.removeDrafts(new Date())),
    HeadObject: async () => Promise.resolve(small),
    GetObject: async () => {
      const { key, content } = await small();
      return async () => t.store.lend(key, content, await t.store.scratch.make(uuidv7()), never);
    },
    PutObject: async () => Promise.resolve(small),
    DeleteObject: async () => {
      const { key } = await small();
      return () => t.store.remove(key);
    },
    CreateUpload: async () => Promise.resolve(() => keep(t.store, MANY_PARTS)),
    UploadPart: async () => Promise.resolve(() => keep(t.store, MANY_PARTS)),
    CompleteUpload: async () => Promise.resolve(() => keep(t.store, MANY_PARTS)),
    AbortUpload: async () => {
      t.server.uploads.set('left', { key: 'x', parts: new Map(), begun: new Date(0) });
      return Promise.resolve(() => t.store.removeDrafts(new Date()));
    },
  };
  const large: readonly Operation[] = ['CreateUpload', 'UploadPart', 'CompleteUpload'];
  const faults: [string, Fault][] = [
    ['storage-failed', { status: 403, code: 'AccessDenied' }],
    ['storage-full', { status: 507, code: 'InsufficientStorage' }],
    ['storage-failed', { breakOff: true }],
  ];

  describe.each(Object.keys(calls) as Operation[])('at %s', (operation) => {
    // A connection that breaks is one to all calls of the SDK; with large parts it takes long to say so.
    it.each(large.includes(operation) ? faults.slice(0, 2) : faults)(
      'says %s of %j, and works when it is over',
      async (code, fault) => {
        const call = await calls[operation]();
        t.server.fault = (asked) => (asked === operation ? fault : undefined);
        await expect(call()).rejects.toMatchObject({ code });
        t.server.fault = () => undefined;
        await call();
      },
    );
  });

  it('leaves no half of an original behind', async () => {
    const before = [t.server.objects.size, t.server.uploads.size];
    t.server.fault = (operation) => (operation === 'UploadPart' ? { status: 500 } : undefined);
    await expect(keep(t.store, MANY_PARTS)).rejects.toMatchObject({ code: 'storage-failed' });
    expect([t.server.objects.size, t.server.uploads.size]).toEqual(before);
  });

  it('never takes for stored what the store has changed', async () => {
    const put = t.server.objects.set.bind(t.server.objects);
    t.server.objects.set = (key, { body, modified }) => put(key, { body: Buffer.alloc(body.length), modified });
    await expect(keep(t.store, 100)).rejects.toMatchObject({ code: 'storage-failed' });
    t.server.objects.set = put;
    await keep(t.store, 100);
  });
});

describe('a disk that fails', () => {
  let disk: SmallDisk;
  let store: DiskBlobStore;
  beforeAll(async () => {
    disk = await SmallDisk.mount(4 * 1024 ** 2);
    store = new DiskBlobStore(disk.root);
    await store.check();
  });
  afterAll(() => disk.unmount());

  it('says storage-failed while it can only be read, gives what it has, and works when it is over', async () => {
    const { key, content } = await keep(store, 1_000);
    await disk.set('ro');
    await expect(keep(store, 1_000)).rejects.toMatchObject({ code: 'storage-failed' });
    await expect(store.remove(key)).rejects.toMatchObject({ code: 'storage-failed' });
    await expect(store.check()).rejects.toMatchObject({ code: 'storage-failed' });
    const read = await store.read(key);
    expect(read && sha256(await buffer(read))).toBe(content.sha256);
    await disk.set('rw');
    await keep(store, 1_000);
  });

  it('says storage-full when it is, and works when there is room again', async () => {
    const elsewhere = await startStore('disk');
    const path = join(elsewhere.root, 'original');
    const original = randomBytes(100_000);
    const content = { bytes: original.length, sha256: sha256(original) };
    await writeFile(path, original);
    await disk.fill();
    const put = () => store.putAll(SOURCES, [{ name: 'full', path, content }]);
    await expect(put()).rejects.toMatchObject({ code: 'storage-full' });
    expect(await store.sizeOf(`${SOURCES}/full`)).toBeUndefined();
    await disk.empty();
    await put();
    expect(await store.sizeOf(`${SOURCES}/full`)).toBe(100_000);
    await elsewhere.close();
  });
});
