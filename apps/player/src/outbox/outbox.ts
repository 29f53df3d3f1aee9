import type { AnchorReport, SpanReport } from '#libs/contracts';
import { type Receipt, receiptTag } from '#libs/domain';
import { v7 as uuidv7 } from 'uuid';
import { recall, type PlayerDatabase, type PlayerSchema } from '../store/player-database.js';
import { installationOf, numbered } from './installation.js';
import { itemCount, parcelsOf, partsOf, type OutboxBatch, type SessionChange } from './pending.js';
import { anew, isDue, NOT_YOURS } from './somebody-elses.js';

/** Contacts are noted at this distance: the nearest one dates a session (TRACKING.md rule 5). */
const ANCHOR_EVERY_MS = 10 * 60_000;
/** Of all boots together; the oldest go first. */
const MOST_ANCHORS = 500;

const NEVER_TAKEN = new Set(['batch-conflict', 'invalid-request']);

type HeldBatch = PlayerSchema['held']['value'];

export interface Unsent {
  readonly waiting: number;
  readonly held: number;
  /** Held as well, and tried again ever less often: of somebody whom this device, or whoever signed in, may not report. */
  readonly notYours: number;
}

/** Holds what was watched until the server has said that it is committed (TRACKING.md rule 4). */
export class Outbox {
  constructor(
    private readonly db: PlayerDatabase,
    /** Told whenever somebody has got a right to send. */
    private readonly onEntrusted: (owner: string, authorization: string) => void = () => undefined,
    private readonly now: () => number = Date.now,
  ) {}

  /** Writes only, and at once, so that it also works while the page is being left. */
  async keep(change: SessionChange): Promise<void> {
    const tx = this.db.transaction('pending', 'readwrite', { durability: 'strict' });
    const writes = partsOf(change).map((part) => tx.store.put(part));
    tx.commit();
    await Promise.all([...writes, tx.done]);
  }

  async noteAnchor(bootId: string, anchor: AnchorReport): Promise<void> {
    const tx = this.db.transaction('anchors', 'readwrite');
    const known = await tx.store.index('bootId').getAll(bootId);
    if (known.every(({ clockMs }) => Math.abs(clockMs - anchor.clockMs) >= ANCHOR_EVERY_MS)) {
      await tx.store.add({ ...anchor, bootId });
      const keys = await tx.store.getAllKeys();
      await Promise.all(keys.slice(0, -MOST_ANCHORS).map((key) => tx.store.delete(key)));
    }
    await tx.done;
  }

  /**
   * Batches that wait, oldest first. While there are any that are not stuck, what is pending stays loose and goes on
   * growing in place.
   */
  async waiting(isStuck: (batch: OutboxBatch) => boolean = () => false): Promise<OutboxBatch[]> {
    const waiting = await this.db.getAll('batches');
    return waiting.every(isStuck) ? this.pack() : waiting;
  }

  /** Moves what is pending into batches, which never change again. */
  private async pack(): Promise<OutboxBatch[]> {
    const deviceId = await this.deviceId();
    const tx = this.db.transaction(['pending', 'batches', 'anchors', 'things', 'credentials'], 'readwrite', {
      durability: 'strict',
    });
    const parcels = parcelsOf(await tx.objectStore('pending').getAll());
    await tx.objectStore('pending').clear();
    let installation = installationOf(await tx.objectStore('things').get('installation'));
    for (const { owner, bootId, sessions } of parcels) {
      const noted = await tx.objectStore('anchors').index('bootId').getAll(bootId);
      const anchors = noted.map(({ clockMs, serverTime }) => ({ clockMs, serverTime }));
      const isOwn = owner === `device:${deviceId}`;
      const entrusted = isOwn ? deviceId : (await tx.objectStore('credentials').get(owner))?.deviceId;
      const [number, next] = numbered(installation, owner, entrusted === deviceId ? deviceId : undefined);
      installation = next;
      const marks = { id: uuidv7(), deviceId, bootId, installation: installation.id, ...number };
      await tx.objectStore('batches').add({ id: marks.id, owner, content: { ...marks, anchors, sessions } });
    }
    await tx.objectStore('things').put(installation, 'installation');
    const waiting = await tx.objectStore('batches').getAll();
    await tx.done;
    return waiting;
  }

  /** All that a file can carry: what waits, and what was held for want of a right to send it. */
  async carriable(): Promise<OutboxBatch[]> {
    const [packed, held] = [await this.pack(), await this.db.getAll('held')];
    return [...held.filter(({ code }) => !NEVER_TAKEN.has(code)), ...packed];
  }

  /** Forgets what a receipt acknowledges, and sets aside what it says can never be taken. @returns how many are settled. */
  async settle({ acknowledged, refused }: Pick<Receipt, 'acknowledged' | 'refused'>): Promise<number> {
    const idOf = await this.tags();
    const tx = this.db.transaction(['batches', 'held'], 'readwrite', { durability: 'strict' });
    let settled = 0;
    for (const id of acknowledged.flatMap((tag) => idOf.get(tag) ?? [])) {
      const isHere = (await tx.objectStore('batches').getKey(id)) ?? (await tx.objectStore('held').getKey(id));
      if (isHere !== undefined) settled += 1;
      await tx.objectStore('batches').delete(id);
      await tx.objectStore('held').delete(id);
    }
    for (const { batch: tag, code } of refused) {
      const batch = await tx.objectStore('batches').get(idOf.get(tag) ?? '');
      if (!batch) continue;
      await tx.objectStore('held').put(this.asHeld(batch, code));
      await tx.objectStore('batches').delete(batch.id);
    }
    await tx.done;
    return settled;
  }

  /** What receipts call the batches that are here. */
  private async tags(): Promise<ReadonlyMap<string, string>> {
    const here = [...(await this.db.getAll('batches')), ...(await this.db.getAll('held'))];
    return new Map(await Promise.all(here.map(async ({ owner, id }) => [await receiptTag(owner, id), id] as const)));
  }

  async acknowledge(batchId: string): Promise<void> {
    await this.db.delete('batches', batchId);
  }

  /** Sets aside what the server will not take of a batch, so that those behind it get through. */
  async hold(batch: OutboxBatch, code: string, refused = batch): Promise<void> {
    const tx = this.db.transaction(['batches', 'held'], 'readwrite', { durability: 'strict' });
    await Promise.all([
      tx.objectStore('held').put(this.asHeld(refused, code)),
      tx.objectStore('batches').delete(batch.id),
      tx.done,
    ]);
  }

  /** What was held gets another chance, somebody else's ever less often, unless the batch itself can never be taken. */
  release(nowMs = this.now()): Promise<void> {
    return this.retry((held) => !NEVER_TAKEN.has(held.code) && (held.code !== NOT_YOURS || isDue(held, nowMs)));
  }

  private async retry(isMeant: (held: HeldBatch) => boolean): Promise<void> {
    const tx = this.db.transaction(['held', 'batches'], 'readwrite', { durability: 'strict' });
    for (const held of await tx.objectStore('held').getAll()) {
      if (!isMeant(held)) continue;
      const { id, owner, content, tries } = held;
      await tx.objectStore('batches').put({ id, owner, content, ...(tries && { tries }) });
      await tx.objectStore('held').delete(id);
    }
    await tx.done;
  }

  authorizationOf(owner: string): Promise<string | undefined> {
    return this.db.get('credentials', owner).then((found) => found?.authorization);
  }

  /** A new credential also gives what was held for want of one another chance. */
  async entrust(owner: string, authorization: string, deviceId?: string): Promise<void> {
    const tx = this.db.transaction('credentials', 'readwrite', { durability: 'strict' });
    await tx.store.put({ owner, authorization, ...(deviceId && { deviceId }) });
    await tx.done;
    await this.retry((held) => held.owner === owner && (held.code === 'not-signed-in' || held.code === NOT_YOURS));
    this.onEntrusted(owner, authorization);
  }

  async unsent(): Promise<Unsent> {
    const [pending, batches, held] = await Promise.all([
      this.db.getAll('pending'),
      this.db.getAll('batches'),
      this.db.getAll('held'),
    ]);
    const packed = (some: readonly OutboxBatch[]) =>
      some.reduce((sum, batch) => sum + itemCount(batch.content.sessions), 0);
    const isStrange = ({ code }: { readonly code: string }) => code === NOT_YOURS;
    return {
      waiting: pending.filter(({ part }) => part.kind !== 'head').length + packed(batches),
      held: packed(held.filter((batch) => !isStrange(batch))),
      notYours: packed(held.filter(isStrange)),
    };
  }

  /** What the server has not yet acknowledged of one edition, what was played last at the end. */
  async spansOf(owner: string, editionId: string): Promise<SpanReport[]> {
    const [pending, batches] = await Promise.all([
      this.db.getAll('pending'),
      this.db.getAllFromIndex('batches', 'owner', owner),
    ]);
    const loose = parcelsOf(pending.filter((part) => part.owner === owner)).flatMap(({ sessions }) => sessions);
    // Ids of sessions sort by the time at which they began.
    return [...batches.flatMap(({ content }) => content.sessions), ...loose]
      .filter((session) => session.editionId === editionId)
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .flatMap(({ spans }) => spans);
  }

  private asHeld(batch: OutboxBatch, code: string): HeldBatch {
    return { ...(code === NOT_YOURS ? anew(batch) : batch), code, heldAtMs: this.now() };
  }

  private async deviceId(): Promise<string> {
    const device = await recall(this.db, 'device');
    const known = device?.deviceId ?? (await recall(this.db, 'browserId'));
    if (known) return known;
    const browserId = uuidv7();
    await this.db.put('things', browserId, 'browserId');
    return browserId;
  }
}
