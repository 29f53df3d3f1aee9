import { type BlobStore, createStore, DiskBlobStore, type StoredBlob } from '#libs/storage';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { S3Server } from './s3-server.js';

export const storeKinds = ['disk', 'S3'] as const;

export const sha256Hex = (content: Buffer) => createHash('sha256').update(content).digest('hex');

export interface TestStore {
  readonly store: BlobStore;
  /** Of this machine's disk: where scratch lies, and, on a disk, everything. */
  readonly root: string;
  readonly server: S3Server;
  /** Stores contents in a folder, as segments. @returns their names */
  put(folder: string, contents: readonly Buffer[]): Promise<string[]>;
  /** Changes a stored blob behind the store's back. */
  spoil(key: string, content: string): Promise<void>;
  /** Makes a stored blob so old. */
  age(key: string, ms: number): Promise<void>;
  names(folder: string): Promise<string[]>;
  close(): Promise<void>;
}

/** A store of its own, on a disk or in the bucket of a server in this process. */
export async function startStore(kind: (typeof storeKinds)[number]): Promise<TestStore> {
  const root = await mkdtemp(join(tmpdir(), 'lectern-store-'));
  const server = await new S3Server().listen();
  const bucket = kind === 'disk' ? undefined : server.asBucket;
  const store = await createStore({ mediaRoot: root, bucket, originalsCacheBytes: 10_000_000 });
  const disk = new DiskBlobStore(root);
  const objectOf = (key: string) => server.objects.get(key) ?? { body: Buffer.alloc(0), modified: new Date() };
  return {
    ...{ store, root, server },
    async put(folder, contents) {
      const scratch = await store.scratch.make(uuidv7());
      const files = contents.map((content) => ({ name: `${sha256Hex(content)}.m4s`, content }));
      for (const { name, content } of files) await writeFile(join(scratch, name), content);
      await store.putAll(
        folder,
        [...new Set(files.map(({ name }) => name))].map((name) => ({ name, path: join(scratch, name) })),
      );
      return files.map(({ name }) => name);
    },
    async spoil(key, content) {
      if (kind === 'disk') await writeFile(disk.pathOf(key), content);
      else objectOf(key).body = Buffer.from(content);
    },
    async age(key, ms) {
      const then = new Date(Date.now() - ms);
      if (kind === 'disk') await utimes(disk.pathOf(key), then, then);
      else objectOf(key).modified = then;
    },
    async names(folder) {
      const found: StoredBlob[] = [];
      for await (const blob of store.list(folder)) found.push(blob);
      return found.map(({ name }) => name).toSorted();
    },
    async close() {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
