import {
  blobKey,
  BlobStore,
  editionFolder,
  EDITIONS,
  hashIn,
  sourceKey,
  SOURCES,
  type StoredBlob,
} from '#libs/storage';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { validate } from 'uuid';
import { batches } from './batches.js';
import {
  editionsAtRest,
  forgetSuperseded,
  holdAtRest,
  namedAmong,
  withoutEdition,
  withoutUse,
} from './sweep.queries.js';

const DAY_MS = 24 * 3_600_000;
/** Every edition is looked at once a day: a listing of all blobs is too long for an hour. */
export const SLOTS = 24;
const ID_LENGTH = 36;
/** Under one lock of an edition, so that nobody waits long for it. */
const AT_ONCE = 200;

/**
 * Removes from the store what nothing names. It never removes what an edition names, also while jobs store blobs whose rows
 * are not written yet: it touches an edition only while it is at rest, and holds it there. That whatever it removes is
 * a day old besides, by the store's own clock, keeps what has no row yet.
 */
@Injectable()
export class Sweep {
  private readonly logger = new Logger(Sweep.name);

  constructor(
    private readonly database: DataSource,
    private readonly store: BlobStore,
  ) {}

  /** One round; `graceMs` is for tests. */
  async run(slot: number, signal: AbortSignal, graceMs = DAY_MS): Promise<void> {
    const before = new Date((await this.store.now()).getTime() - graceMs);
    await this.store.removeDrafts(before);
    await this.removeFolders(before);
    await this.removeOriginals(before);
    await forgetSuperseded(this.database.manager, graceMs);
    for (const editionId of await editionsAtRest(this.database.manager, slot, SLOTS)) {
      signal.throwIfAborted();
      await this.sweepEdition(editionId, before);
    }
  }

  /** Removes the blobs of one edition that nothing names. */
  async sweepEdition(editionId: string, before: Date): Promise<void> {
    for await (const blobs of batches(this.store.list(editionFolder(editionId)), AT_ONCE)) {
      const names = blobs.filter(({ changedAt }) => changedAt < before).map(({ name }) => name);
      const suspects = await this.unnamed(this.database.manager, editionId, names);
      if (suspects.length > 0) await this.removeUnnamed(editionId, suspects);
    }
  }

  private async removeUnnamed(editionId: string, suspects: readonly string[]): Promise<void> {
    const removed = await this.database.transaction(async (tx) => {
      if (!(await holdAtRest(tx, editionId))) return 0;
      const names = await this.unnamed(tx, editionId, suspects);
      await Promise.all(names.map((name) => this.store.remove(blobKey(editionId, name))));
      return names.length;
    });
    if (removed > 0) this.logger.log(`${removed} blobs of edition ${editionId} were left over and are removed`);
  }

  private async unnamed(db: EntityManager, editionId: string, names: readonly string[]): Promise<string[]> {
    const hashes = names.flatMap((name) => hashIn(name) ?? []);
    const named = await namedAmong(db, editionId, hashes);
    return names.filter((name) => !named.has(hashIn(name) ?? ''));
  }

  private async removeFolders(before: Date): Promise<void> {
    for await (const ids of batches(this.store.folders(EDITIONS), AT_ONCE)) {
      for (const id of await withoutEdition(
        this.database.manager,
        ids.filter((name) => validate(name)),
      )) {
        if (await isOld(this.store.list(editionFolder(id)), before)) await this.store.remove(editionFolder(id));
      }
    }
  }

  /** An original has the name of its edition; a draft of it begins with that name. */
  private async removeOriginals(before: Date): Promise<void> {
    for await (const blobs of batches(this.store.list(SOURCES), AT_ONCE)) {
      const old = blobs.filter(({ changedAt }) => changedAt < before).map(({ name }) => name);
      const names = old.filter((name) => validate(name.slice(0, ID_LENGTH)));
      const useless = new Set(
        await withoutUse(
          this.database.manager,
          names.filter((name) => validate(name)),
        ),
      );
      for (const name of names) {
        if (useless.has(name) || name.endsWith('.draft')) await this.store.remove(sourceKey(name));
      }
    }
  }
}

async function isOld(blobs: AsyncIterable<StoredBlob>, before: Date): Promise<boolean> {
  for await (const { changedAt } of blobs) if (changedAt >= before) return false;
  return true;
}
