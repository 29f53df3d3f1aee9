import type { PresenceReport } from '#libs/contracts';
import type { PresenceGrade } from '#libs/domain';

/** Who is in a hall, since when, and how sure that is: on the session's clock (TRACKING.md). */
export class RollCall {
  private nextSeq = 0;
  private readonly here = new Map<string, PresenceReport>();
  private readonly changed = new Map<number, PresenceReport>();

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
    const presence = this.here.get(learnerId);
    if (!presence) return;
    this.here.delete(learnerId);
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
