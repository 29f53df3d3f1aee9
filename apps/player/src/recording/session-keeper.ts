import type { SpanReport } from '#libs/contracts';
import type { Services } from '../services.js';
import type { PlaySession } from './play-session.js';

/** Brings what a session has to report into the outbox, and from there on its way. */
export class SessionKeeper {
  constructor(
    private readonly session: PlaySession,
    private readonly services: Pick<Services, 'outbox' | 'postman' | 'unsent' | 'kept'>,
    private readonly onSpans: (spans: readonly SpanReport[]) => void = () => undefined,
  ) {}

  /** Writes only: quick enough for a page that is being left. */
  async flush(): Promise<void> {
    const change = this.session.takeChange();
    if (!change) return;
    this.onSpans(change.spans);
    await this.services.outbox.keep(change);
    await this.services.unsent.refresh();
    await this.services.kept.notePlayed(change.head.editionId, change.spans);
  }

  async send(): Promise<void> {
    await this.flush();
    this.services.postman.nudge();
  }
}
