import type { PaperSession, SessionHead } from '#libs/contracts';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { presencesOf } from './paper-presences.js';
import type { ReadBatch, ReadSession } from './read-batch.js';

type Paper = z.output<typeof PaperSession>;

/** Sessions that were typed in from paper belong to whoever typed them; the prefix is their mark for ever. */
export const paperCredential = (accountId: string): string => `paper:${accountId}`;

/**
 * A sheet as a batch like any other: one span of the claimed part, everybody by roll-call (C) for as long as the sheet says. Its clock
 * begins with the session, and nothing but the claim dates it (TRACKING.md rule 5).
 */
export function paperBatch(paper: Paper, siteId: string, editionId: string): ReadBatch {
  const { id, startedAt, fromMs, toMs, headCount, note } = paper;
  const lastMs = toMs - fromMs;
  const head: SessionHead = {
    id,
    editionId,
    kind: 'hall',
    siteId,
    startedAt: new Date(startedAt).toISOString(),
    clockAtStartMs: 0,
    headCount,
    note,
  };
  const session: ReadSession = {
    head,
    spans: [{ seq: 0, fromMs, toMs, rate: 1, clockFromMs: 0, clockToMs: lastMs }],
    presences: presencesOf(paper),
    unreadable: [],
  };
  const contentHash = createHash('sha256')
    .update(JSON.stringify([head, session]))
    .digest('hex');
  return { id, deviceId: 'paper', bootId: id, anchors: [], contentHash, sessions: [session] };
}
