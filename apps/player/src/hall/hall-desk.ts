import type { SpanReport } from '#libs/contracts';
import type { PresenceGrade } from '#libs/domain';
import type { SessionTrace } from '../recording/play-session.js';
import type { PlayerDatabase } from '../store/player-database.js';
import { carried, vouchedFor } from './carried.js';
import { followedBy } from './programme.js';
import type { Attendee, RollDraft } from './roll-draft.js';
import { cameAt, wentAt, without } from './times.js';

const MOST_HEADS = 100_000;

/** Where a hall is kept while it is under way: every change is on the disk before the next one is made. */
export class HallDesk {
  private readonly listeners = new Set<() => void>();
  private isClosed = false;

  constructor(
    private readonly db: PlayerDatabase,
    private draft: RollDraft,
    private readonly clockMs: () => number,
  ) {}

  readonly current = (): RollDraft => this.draft;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  gradeOf(learnerId: string): PresenceGrade | undefined {
    return this.draft.present.find((attendee) => attendee.learnerId === learnerId)?.grade;
  }

  lateMsOf(learnerId: string): number {
    return this.draft.times?.[learnerId]?.lateMs ?? 0;
  }

  /** Somebody is here, since when, and how that is known. */
  arrive(learnerId: string, grade: PresenceGrade, atMs = this.clockMs()): void {
    const { present, running, times = {} } = this.draft;
    const others = present.filter((attendee) => attendee.learnerId !== learnerId);
    const isNew = others.length === present.length;
    this.change({
      present: [...others, { learnerId, grade }],
      times: isNew ? cameAt(times, learnerId, atMs, running?.startedClockMs) : times,
      ...this.meeting(learnerId),
    });
  }

  leave(learnerId: string): void {
    const { present, running, times = {} } = this.draft;
    const others = present.filter((attendee) => attendee.learnerId !== learnerId);
    // A tick that is taken back before the start was a slip: nobody has left.
    const went = running ? wentAt(times, learnerId, this.clockMs(), running.startedClockMs) : without(times, learnerId);
    this.change({ present: others, times: went });
  }

  headCountBy(more: number): void {
    this.change({ headCount: Math.min(Math.max(0, this.draft.headCount + more), MOST_HEADS) });
  }

  /** Goes on with a session that was cut off: nobody has to check in again. */
  carryOn(): void {
    this.change({ present: this.draft.present.map(carried) });
  }

  /** The next lecture with the same people. After a power cut in between, that is the operator's word for all of them. */
  follow(bootId: string): void {
    const { present, followsIn } = this.draft;
    this.change({ present: followsIn === bootId ? present : present.map(vouchedFor), followsIn: undefined });
  }

  /** Who was here in the lecture before need not be here now. */
  takeRollAnew(): void {
    this.change({ present: [], headCount: 0, followsIn: undefined });
  }

  /** The lecture plays, from where a session that was cut off before it had come. */
  open(title: string, trace: SessionTrace, key: string): void {
    const { running, present } = this.draft;
    if (running?.trace.head.id === trace.head.id) return;
    const everybody = [...new Set([...(running?.everybody ?? []), ...present.map(({ learnerId }) => learnerId)])];
    this.change({
      running: { title, trace, key, positionMs: running?.positionMs ?? 0, everybody },
      followsIn: undefined,
    });
  }

  /** Those who answered no prompt of late are known by their check-in again. */
  lapse(answered: ReadonlySet<string>): void {
    const isLapsed = ({ learnerId, grade }: Attendee) => grade === 'A' && !answered.has(learnerId);
    if (this.draft.present.some(isLapsed))
      this.change({ present: this.draft.present.map((one) => (isLapsed(one) ? carried(one) : one)) });
  }

  readonly noteSpans = (spans: readonly SpanReport[]): void => {
    const { running } = this.draft;
    const [first, last] = [spans[0], spans.at(-1)];
    if (!running || !first || !last) return;
    const startedClockMs = running.startedClockMs ?? first.clockFromMs;
    this.change({ running: { ...running, positionMs: last.toMs, startedClockMs } });
  };

  /** The session is closed, and nothing of it is left to be carried on but what follows in its programme. */
  async close(bootId: string): Promise<void> {
    this.isClosed = true;
    const next = followedBy(this.draft, bootId);
    await (next ? this.db.put('things', next, 'roll') : this.db.delete('things', 'roll'));
  }

  private meeting(learnerId: string): Pick<RollDraft, 'running'> | undefined {
    const { running } = this.draft;
    if (!running || running.everybody.includes(learnerId)) return undefined;
    return { running: { ...running, everybody: [...running.everybody, learnerId] } };
  }

  private change(changed: Partial<RollDraft>): void {
    this.draft = { ...this.draft, ...changed };
    if (!this.isClosed) this.keep();
    for (const listener of this.listeners) listener();
  }

  private keep(): void {
    const tx = this.db.transaction('things', 'readwrite', { durability: 'strict' });
    void tx.store.put(this.draft, 'roll');
    tx.commit();
  }
}
