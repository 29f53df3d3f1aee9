import type { IngestLimits } from '#libs/config';
import { ComeBackLater } from '../http/problem.js';
import { Buckets } from './buckets.js';

const KIB = 1024;

/** Each request has its price beside its bytes. */
const LEAST_COST_BYTES = 4 * KIB;
const LEAST_WAIT_S = 5;
const LONGEST_WAIT_S = 300;
const MEMORY_MS = 10_000;
const MOST_OWNERS = 50_000;

/** What wants to come in. `sender` is a hash of what it shows: it need not be true for its share to be counted. */
export interface Load {
  readonly sender: string;
  readonly batches: number;
  readonly bytes: number;
}

/**
 * Who may put how much into this process. Never by address: behind one there may be a whole county. Each process counts
 * for itself, so of several a sender gets several shares.
 */
export class Intake {
  private held: IngestLimits['room'] = { batches: 0, bytes: 0 };
  private readonly senders: Buckets;
  private readonly owners: Buckets;
  private readonly ownerOf = new Map<string, string>();
  private recent = { sinceMs: 0, taken: 0, refused: 0 };

  constructor(private readonly limits: IngestLimits) {
    this.senders = new Buckets(limits.sender);
    this.owners = new Buckets(limits.owner);
  }

  /** Lets a load in, to be let out by what this gives. @throws {ComeBackLater} `too-fast`, `too-busy` */
  enter(load: Load, nowMs: number, chance: number): () => void {
    this.forget(nowMs);
    this.refuseFast(load, nowMs, chance);
    if (!this.hasRoom(load)) {
      this.recent.refused += load.batches;
      throw new ComeBackLater('too-busy', this.waitForRoomS(nowMs, chance));
    }
    this.charge(load, nowMs);
    this.hold(load.batches, load.bytes);
    return () => this.hold(-load.batches, -load.bytes);
  }

  /** Whose share a sender's loads count for from now on, as it was found when one of them was opened. */
  belongs(sender: string, owner: string): void {
    this.ownerOf.delete(sender);
    this.ownerOf.set(sender, owner);
    if (this.ownerOf.size <= MOST_OWNERS) return;
    const [oldest] = this.ownerOf.keys();
    if (oldest !== undefined) this.ownerOf.delete(oldest);
  }

  private refuseFast({ sender, bytes }: Load, nowMs: number, chance: number): void {
    const cost = Math.max(bytes, LEAST_COST_BYTES);
    const owner = this.ownerOf.get(sender);
    const waitS = Math.max(
      this.senders.waitS(sender, cost, nowMs),
      owner === undefined ? 0 : this.owners.waitS(owner, cost, nowMs),
    );
    if (waitS > 0) throw new ComeBackLater('too-fast', Math.ceil(waitS * (1 + chance / 2)));
  }

  private charge({ sender, bytes, batches }: Load, nowMs: number): void {
    const cost = Math.max(bytes, LEAST_COST_BYTES);
    const owner = this.ownerOf.get(sender);
    this.senders.take(sender, cost, nowMs);
    if (owner !== undefined) this.owners.take(owner, cost, nowMs);
    this.recent.taken += batches;
  }

  /** An empty process takes whatever a request may hold. */
  private hasRoom({ batches, bytes }: Load): boolean {
    const { room } = this.limits;
    if (this.held.batches === 0) return true;
    return this.held.batches + batches <= room.batches && this.held.bytes + bytes <= room.bytes;
  }

  /** Spreads those who were refused over the time that it takes to let them in at the pace of late. */
  private waitForRoomS(nowMs: number, chance: number): number {
    const { taken, refused, sinceMs } = this.recent;
    const perSecond = taken / Math.max(1, (nowMs - sinceMs) / 1000);
    const spreadS = refused / Math.max(1, perSecond);
    return Math.min(LONGEST_WAIT_S, Math.ceil(LEAST_WAIT_S + (LEAST_WAIT_S + spreadS) * chance));
  }

  private hold(batches: number, bytes: number): void {
    this.held = { batches: this.held.batches + batches, bytes: this.held.bytes + bytes };
  }

  private forget(nowMs: number): void {
    if (nowMs - this.recent.sinceMs > MEMORY_MS) this.recent = { sinceMs: nowMs, taken: 0, refused: 0 };
  }
}
