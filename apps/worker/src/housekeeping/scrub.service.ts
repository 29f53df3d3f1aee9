import { type Damage, DamagedBlob } from '#libs/database';
import { blobKey, BlobStore, hashIn, sha256Of } from '#libs/storage';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { blobsOfShare, editionsAfter, forgetDamage, isNamed, type NamedBlob, noteDamage } from './scrub.queries.js';

/** A hundred nights, and every blob has been read. */
export const SHARES = 100;
const EDITIONS_AT_ONCE = 100;

/** Reads blobs and compares them with their names. What is damaged is noted; to mend it is to encode the edition again. */
@Injectable()
export class Scrub {
  private readonly logger = new Logger(Scrub.name);

  constructor(
    private readonly database: DataSource,
    private readonly store: BlobStore,
  ) {}

  /** Reads one share of all that is named. @throws {DomainError} when the store itself does not work. */
  async run(share: number, signal: AbortSignal): Promise<void> {
    const db = this.database.manager;
    let ids = await editionsAfter(db, null, EDITIONS_AT_ONCE);
    while (ids.length > 0) {
      for (const blob of await blobsOfShare(db, ids, share, SHARES)) {
        signal.throwIfAborted();
        await this.look(blob);
      }
      ids = await editionsAfter(db, ids.at(-1) ?? null, EDITIONS_AT_ONCE);
    }
  }

  /** Looks again at what was damaged: it may have been mended, or nothing may name it any more. */
  async lookAgain(): Promise<void> {
    const db = this.database.manager;
    for (const blob of await db.find(DamagedBlob)) {
      if (await isNamed(db, blob)) await this.look(blob);
      else await forgetDamage(db, blob);
    }
  }

  private async look(blob: NamedBlob): Promise<void> {
    const damage = await this.damageOf(blob);
    if (!damage) return forgetDamage(this.database.manager, blob);
    // It may have lost its name while we read.
    if (!(await isNamed(this.database.manager, blob))) return;
    this.logger.error(`The blob ${blobKey(blob.editionId, blob.name)} is ${damage}`);
    await noteDamage(this.database.manager, blob, damage);
  }

  private async damageOf(blob: NamedBlob): Promise<Damage | undefined> {
    try {
      return await this.compare(blob);
    } catch {
      await this.store.check();
      return this.compare(blob).catch(() => 'unreadable' as const);
    }
  }

  private async compare({ editionId, name }: NamedBlob): Promise<Damage | undefined> {
    const content = await this.store.read(blobKey(editionId, name));
    if (!content) return 'missing';
    return (await sha256Of(content)) === hashIn(name) ? undefined : 'wrong';
  }
}
