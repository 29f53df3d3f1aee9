import type { PresenceReport } from '#libs/contracts';
import type { PresenceGrade } from '#libs/domain';

/** Who is in a hall, since when, and how sure that is: on the session's clock (TRACKING.md). */
export class RollCall {
  private nextSeq = 0;
  private readonly here = new Map<string, PresenceReport>();
  private readonly changed = new Map<number, PresenceReport>();
  /** Open presences that phones have made, of those who are also here by another. */
  private readonly beside = new Map<string, readonly PresenceReport[]>();
  private readonly adopted = new Set<number>();
  private readonly leftAt = new Map<string, number>();

  /** Whoever has been here at any time. */
  readonly everybody = new Set<string>();

  /**
   * Somebody comes, or is known with another grade from now on. An answered prompt (A) speaks for all the time since the
   * learner checked in by themselves (B); of those whom the operator has ticked (C), only for the time from then on.
   */
  arrive(learnerId: string, clockMs: number, grade: PresenceGrade = 'C'): void {
    const before = this.here.get(learnerId);
    if (before?.grade === grade) return;
    const reachesBack = before?.grade === 'B' && grade === 'A';
    this.leave(learnerId, clockMs);
    const presence: PresenceReport = {
      seq: this.nextSeq++,
      learnerId,
      clockFromMs: reachesBack ? before.clockFromMs : Math.round(clockMs),
      clockToMs: null,
      grade,
    };
    this.here.set(learnerId, presence);
    this.everybody.add(learnerId);
    this.changed.set(presence.seq, presence);
  }

  leave(learnerId: string, clockMs: number): void {
    this.leftAt.set(learnerId, clockMs);
    const here = this.here.get(learnerId);
    for (const presence of [...(here ? [here] : []), ...(this.beside.get(learnerId) ?? [])])
      this.end(presence, clockMs);
    this.here.delete(learnerId);
    this.beside.delete(learnerId);
  }

  /**
   * The house has let somebody in by phone, with a presence of this session. From now on it ends when they leave.
   *
   * @returns whether they were not known to be here, or not as surely.
   */
  adopt(presence: PresenceReport): boolean {
    const { learnerId, seq, clockFromMs } = presence;
    if (this.adopted.has(seq)) return false;
    this.adopted.add(seq);
    const before = this.here.get(learnerId);
    const leftAtMs = this.leftAt.get(learnerId);
    if (!before && leftAtMs !== undefined && leftAtMs > clockFromMs) this.end(presence, leftAtMs);
    else if (before && before.grade <= presence.grade) this.standBeside(presence);
    else {
      if (before) this.end(before, clockFromMs);
      this.here.set(learnerId, presence);
      this.everybody.add(learnerId);
      return true;
    }
    return false;
  }

  private standBeside(presence: PresenceReport): void {
    this.beside.set(presence.learnerId, [...(this.beside.get(presence.learnerId) ?? []), presence]);
  }

  private end(presence: PresenceReport, clockMs: number): void {
    const clockToMs = Math.max(Math.round(clockMs), presence.clockFromMs + 1);
    this.changed.set(presence.seq, { ...presence, clockToMs });
  }

  get present(): string[] {
    return [...this.here.keys()];
  }

  /** What began or ended since the last call. An open presence stands until its end is known. */
  take(): PresenceReport[] {
    const presences = [...this.changed.values()];
    this.changed.clear();
    return presences;
  }
}
