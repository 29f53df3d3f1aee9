import type { SessionHead } from '#libs/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { SessionChange } from '../outbox/pending.js';
import type { Boot } from './boot.js';
import { RollCall } from './roll-call.js';
import { SpanRecorder } from './span-recorder.js';

/** Whose session it is: a learner's own, or a hall's. */
export type Audience = { readonly learnerId: string } | { readonly siteId: string; readonly deviceId: string };

/** By which a session is known after the page that recorded it is gone. */
export type SessionTrace = Pick<SessionChange, 'owner' | 'bootId' | 'head'>;

export interface Playing {
  readonly editionId: string;
  readonly durationMs: number;
}

/** The credential that a session belongs to for ever (TRACKING.md rule 1, `not-yours`). */
export const ownerOf = (audience: Audience): string =>
  'learnerId' in audience ? `learner:${audience.learnerId}` : `device:${audience.deviceId}`;

/** One continuous use of this player for one edition: its spans, and in a hall its roll. */
export class PlaySession {
  readonly recorder: SpanRecorder;
  readonly roll = new RollCall();
  private head: SessionHead;
  private isRemarked = false;
  private readonly playedBySeq = new Map<number, number>();

  constructor(
    playing: Playing,
    private readonly audience: Audience,
    private readonly boot: Boot,
  ) {
    this.recorder = new SpanRecorder(playing.durationMs);
    this.head = {
      id: uuidv7(),
      editionId: playing.editionId,
      ...('learnerId' in audience
        ? { kind: 'personal', learnerId: audience.learnerId }
        : { kind: 'hall', siteId: audience.siteId }),
      startedAt: new Date().toISOString(),
      clockAtStartMs: Math.round(boot.clockMs()),
    };
  }

  get id(): string {
    return this.head.id;
  }

  /** What it takes to say more of this session later, even in another boot. */
  get trace(): SessionTrace {
    return { owner: ownerOf(this.audience), bootId: this.boot.id, head: this.head };
  }

  /** People beside the named ones, and what was discussed. */
  remark(remark: Pick<SessionHead, 'headCount' | 'note'>): void {
    this.head = { ...this.head, ...remark };
    this.isRemarked = true;
  }

  /** Time in which something played, as far as it has been taken. */
  get playedMs(): number {
    return [...this.playedBySeq.values()].reduce((sum, ms) => sum + ms, 0);
  }

  /** All that is new since the last call, ready for the outbox. */
  takeChange(): SessionChange | undefined {
    const spans = this.recorder.take();
    const presences = this.roll.take();
    for (const { seq, clockFromMs, clockToMs } of spans) this.playedBySeq.set(seq, clockToMs - clockFromMs);
    if (spans.length === 0 && presences.length === 0 && !this.isRemarked) return undefined;
    this.isRemarked = false;
    return { owner: ownerOf(this.audience), bootId: this.boot.id, head: this.head, spans, presences };
  }
}
