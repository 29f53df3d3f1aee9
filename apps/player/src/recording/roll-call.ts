import type { PresenceReport } from '#libs/contracts';

/** Who is in a hall, and since when: the operator's ticks on the session's clock, grade C (TRACKING.md). */
export class RollCall {
  private nextSeq = 0;
  private readonly here = new Map<string, PresenceReport>();
  private readonly changed = new Map<number, PresenceReport>();

  /** Whoever has been here at any time. */
  readonly everybody = new Set<string>();

  arrive(learnerId: string, clockMs: number): void {
    if (this.here.has(learnerId)) return;
    const presence: PresenceReport = {
      seq: this.nextSeq++,
      learnerId,
      clockFromMs: Math.round(clockMs),
      clockToMs: null,
      grade: 'C',
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
