import type { HeldBatchView } from '#libs/contracts';
import type { HeldBatch } from './quarantine.queries.js';
import { readBatch, type ReadSession } from './read-batch.js';

type Held = Omit<HeldBatch, 'device_id' | 'content_hash'>;

/** What a batch that is held aside would bring, so far as it can be read. */
export function heldView({ credential, id, installation, number, why, content, received_at }: Held): HeldBatchView {
  const { sessions } = readBatch(JSON.parse(content));
  return {
    id,
    receivedAt: received_at.toISOString(),
    why,
    installation: installation?.slice(-8) ?? null,
    number,
    by: signerOf(credential),
    sessions: sessions.length,
    presences: sessions.reduce((sum, { presences }) => sum + presences.length, 0),
    playedMs: sessions.reduce((sum, session) => sum + playedMsOf(session), 0),
    startedAt: firstOf(sessions),
  };
}

function signerOf(credential: string): HeldBatchView['by'] {
  if (credential.startsWith('device:')) return 'device';
  return credential.startsWith('account:') ? 'staff' : 'learner';
}

/** What a report says of itself may be any number. */
const playedMsOf = ({ spans }: ReadSession): number =>
  spans.reduce((sum, { fromMs, toMs }) => sum + bounded(toMs - fromMs), 0);

const DAY_MS = 86_400_000;
const bounded = (ms: number): number => (ms > 0 && ms <= DAY_MS ? Math.round(ms) : 0);

function firstOf(sessions: readonly ReadSession[]): string | null {
  const starts = sessions.map(({ head }) => Date.parse(head?.startedAt ?? '')).filter((ms) => !Number.isNaN(ms));
  return starts.length > 0 ? new Date(Math.min(...starts)).toISOString() : null;
}
