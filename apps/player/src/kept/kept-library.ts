import type { CourseView, LectureView, SpanReport } from '#libs/contracts';
import { union } from '#libs/domain';
import type { Viewer } from '../viewer/viewer.js';
import type { KeepQuality } from './keep-quality.js';
import type { KeptDatabase } from './kept-database.js';
import { inTurn, type KeepOrder, type KeptLecture } from './kept-lecture.js';
import { isOwnedBy, ownerOf } from './kept-owner.js';
import { clearShelf } from './kept-shelf.js';

/** What fetching is about: a lecture, or why it waits and until when. */
export type Keeping =
  | { readonly does: 'rests' }
  | { readonly does: 'fetches'; readonly lectureId: string }
  | { readonly does: 'waits'; readonly for: 'hours' | 'month' | 'link'; readonly untilMs: number };

export interface KeptState {
  readonly lectures: readonly KeptLecture[];
  readonly orders: readonly KeepOrder[];
  readonly keeping: Keeping;
}

export interface Wanted {
  readonly lecture: LectureView;
  readonly course: CourseView;
  readonly quality: KeepQuality;
}

const NOTHING_THERE = { manifest: undefined, keptBytes: 0, isWhole: false };
const BEGINNING = { ...NOTHING_THERE, isPinned: false, seen: [] };

/** Who fetches: told when there is something to fetch, and when there is something to look up first. */
export interface Worker {
  readonly wake: () => void;
  readonly look: () => void;
}

const NOBODY: Worker = { wake: () => undefined, look: () => undefined };

/** Knows what is kept on this device and what is still to come, and tells whoever listens. */
export class KeptLibrary {
  private readonly listeners = new Set<() => void>();
  private state: KeptState = { lectures: [], orders: [], keeping: { does: 'rests' } };
  private readonly playing = new Set<string>();
  private worker = NOBODY;

  constructor(
    readonly db: KeptDatabase,
    private readonly viewer: () => Viewer,
  ) {}

  readonly current = (): KeptState => this.state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  employ(worker: Worker): void {
    this.worker = worker;
  }

  get owner(): string {
    return ownerOf(this.viewer());
  }

  private readonly isOwn = (kept: KeptLecture): boolean => isOwnedBy(kept, this.viewer());

  async refresh(): Promise<void> {
    const [lectures, orders] = await Promise.all([this.db.getAll('lectures'), this.db.getAll('orders')]);
    this.tell({
      lectures: lectures.filter(this.isOwn).sort(inTurn),
      orders: orders.filter(({ owner }) => owner === this.owner),
    });
  }

  tell(changed: Partial<KeptState>): void {
    this.state = { ...this.state, ...changed };
    for (const listener of this.listeners) listener();
  }

  /** Another quality begins anew; the same one again clears what went wrong. */
  async keep(wanted: Wanted): Promise<void> {
    const before = await this.db.get('lectures', wanted.lecture.id);
    const isAnother = before?.quality !== wanted.quality;
    if (before?.manifest && isAnother) await clearShelf(this.db, before.manifest);
    await this.db.put('lectures', {
      ...(before ?? { ...BEGINNING, addedAtMs: Date.now() }),
      ...(isAnother ? NOTHING_THERE : {}),
      ...wanted,
      lectureId: wanted.lecture.id,
      owners: this.withOwner(before),
      ...{ isReleased: false, trouble: undefined, usedAtMs: Date.now() },
    });
    await this.refresh();
    this.worker.wake();
  }

  private withOwner(kept: KeptLecture | undefined): string[] {
    return [...new Set([...(kept?.owners ?? []), this.owner])];
  }

  async order(order: Omit<KeepOrder, 'owner'>): Promise<void> {
    await this.db.put('orders', { ...order, owner: this.owner });
    await this.refresh();
    this.worker.look();
  }

  /** What it has brought stays. */
  async cancel(key: string): Promise<void> {
    await this.db.delete('orders', [this.owner, key]);
    await this.refresh();
  }

  async change(lectureId: string, changed: Partial<KeptLecture>): Promise<void> {
    const tx = this.db.transaction('lectures', 'readwrite');
    const kept = await tx.store.get(lectureId);
    const after = kept && { ...kept, ...changed };
    if (after) await tx.store.put(after);
    await tx.done;
    const lectures = this.state.lectures.map((each) => (after && each.lectureId === lectureId ? after : each));
    if (after) this.tell({ lectures: lectures.filter(this.isOwn).sort(inTurn) });
  }

  /** Tries again what went wrong; an edition that is there no more gives way to the one that is. */
  async again(lectureId: string): Promise<void> {
    const kept = await this.db.get('lectures', lectureId);
    if (kept?.manifest && kept.trouble === 'gone') await clearShelf(this.db, kept.manifest);
    const anew = kept?.trouble === 'gone' ? NOTHING_THERE : {};
    await this.change(lectureId, { ...anew, isReleased: false, trouble: undefined });
    this.worker.wake();
  }

  /** Off the device, unless somebody else keeps it too. */
  async remove(lectureId: string): Promise<void> {
    const kept = await this.db.get('lectures', lectureId);
    if (!kept) return;
    const owners = kept.owners.filter((owner) => owner !== this.owner);
    if (owners.length > 0) return this.change(lectureId, { owners });
    await this.db.delete('lectures', lectureId);
    if (kept.manifest) await clearShelf(this.db, kept.manifest);
    await this.refresh();
  }

  /** Makes room; the entry stays, so that nobody wonders where it went and no list brings it back by itself. */
  async release(lectureId: string): Promise<void> {
    const kept = await this.db.get('lectures', lectureId);
    if (kept?.manifest) await clearShelf(this.db, kept.manifest);
    await this.change(lectureId, { isReleased: true, isWhole: false, keptBytes: 0, manifest: undefined });
  }

  isPlaying(lectureId: string): boolean {
    return this.playing.has(lectureId);
  }

  /** While it plays it makes room for nothing. */
  hold(lectureId: string): () => void {
    this.playing.add(lectureId);
    void this.change(lectureId, { usedAtMs: Date.now() });
    return () => this.playing.delete(lectureId);
  }

  /** What was played of an edition: of what has been watched, room may be made. */
  async notePlayed(editionId: string, spans: readonly SpanReport[]): Promise<void> {
    const kept = this.state.lectures.find(({ manifest }) => manifest?.editionId === editionId);
    if (!kept || spans.length === 0) return;
    const seen = union([...kept.seen, ...spans.map(({ fromMs, toMs }) => [fromMs, toMs] as const)]);
    await this.change(kept.lectureId, { seen, usedAtMs: Date.now() });
  }
}
