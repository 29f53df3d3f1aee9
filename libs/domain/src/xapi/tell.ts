import { completionRule } from '../tracking/credit.js';
import { totalMs } from '../tracking/intervals.js';
import { isoDuration, playedSegments, progressOf, secondsOf } from './numbers.js';
import { isJoined, type Piece } from './pieces.js';
import { isCompletedBy, MAX_SEGMENTS, withRun, type Registration } from './registration.js';
import { statementOf, type Draft } from './statement.js';
import type { Subject } from './subject.js';
import { videoExtensions as ext, type Extensions, type Statement } from './vocabulary.js';

export interface Told {
  readonly statements: readonly Statement[];
  readonly registration: Registration;
  /** There was more than is told of anybody. */
  readonly isCut: boolean;
}

/** More than somebody makes who jumps every ten seconds for two hours and a half. */
export const MAX_PIECES = 1000;

/**
 * What a learner saw in one session, as statements of the Video Profile. Ids are derived from all that is said, so the same
 * said again is the same statement, and another thing never goes under its id. `uuidOf`: text to a UUID of version 4's form.
 */
export function tell(
  subject: Subject,
  pieces: readonly Piece[],
  before: Registration,
  uuidOf: (text: string) => string,
): Told {
  const telling = { lengthMs: subject.lengthMs, registration: before, drafts: [] as Draft[], rate: 1, isCut: false };
  const runs = runsOf(pieces.slice(0, MAX_PIECES));
  for (const [index, run] of runs.entries()) if (!telling.isCut) tellRun(telling, run, runs[index - 1]?.at(-1));
  const { registration, drafts } = telling;
  const isCut = telling.isCut || pieces.length > MAX_PIECES;
  const [first, last] = [drafts[0], drafts.at(-1)];
  if (!first || !last) return { statements: [], registration, isCut };
  const all: Draft[] = [
    { verb: 'initialized', wallMs: first.wallMs, context: measures(telling) },
    ...drafts,
    { verb: 'terminated', wallMs: last.wallMs, result: standing(telling), context: measures(telling) },
  ];
  const key = uuidOf(JSON.stringify([subject, pieces, before.segments, before.spent]));
  const ids = all.map(({ verb }, place) => uuidOf(`${key} ${place} ${verb}`));
  const registrationId = uuidOf(`registration ${subject.home} ${subject.learnerId} ${subject.editionId}`);
  const names = { registrationId, sessionId: ids[0] ?? '' };
  return {
    statements: all.map((draft, place) => statementOf(subject, draft, { ...names, id: ids[place] ?? '' })),
    registration,
    isCut,
  };
}

interface Telling {
  readonly lengthMs: number;
  registration: Registration;
  readonly drafts: Draft[];
  rate: number;
  isCut: boolean;
  atMs?: number;
}

/** Pieces that follow each other without a pause. */
function runsOf(pieces: readonly Piece[]): Piece[][] {
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const last = runs.at(-1)?.at(-1);
    if (last && isJoined(last, piece)) runs.at(-1)?.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

function tellRun(telling: Telling, run: readonly Piece[], before: Piece | undefined): void {
  const after = withRun(telling.registration, run);
  telling.isCut = after.segments.length > MAX_SEGMENTS;
  if (telling.isCut) return;
  for (const piece of run) tellPiece(telling, piece, piece === run[0] ? before : piece);
  telling.registration = after;
  const last = run.at(-1);
  if (last) tellPause(telling, last);
}

function tellPause(telling: Telling, { toMs, wallToMs: wallMs }: Piece): void {
  telling.atMs = toMs;
  telling.drafts.push({ verb: 'paused', wallMs, result: standing(telling), context: measures(telling) });
  const { registration, lengthMs } = telling;
  if (!registration.complete && isCompletedBy(registration, lengthMs)) tellCompletion(telling, wallMs);
}

const tellSeek = ({ drafts }: Telling, leftMs: number, { fromMs, wallFromMs }: Piece) =>
  drafts.push({
    verb: 'seeked',
    wallMs: wallFromMs,
    result: { extensions: { [ext.timeFrom]: secondsOf(leftMs), [ext.timeTo]: secondsOf(fromMs) } },
  });

/** `before`: the last of the run before; the piece itself when it does not begin a run. */
function tellPiece(telling: Telling, piece: Piece, before: Piece | undefined): void {
  const { fromMs, rate, wallFromMs: wallMs } = piece;
  if (before && before !== piece && before.toMs !== fromMs) tellSeek(telling, before.toMs, piece);
  const result = { extensions: { [ext.time]: secondsOf(fromMs) } };
  const context = { [ext.speed]: `${rate}x` };
  if (rate !== telling.rate) telling.drafts.push({ verb: 'interacted', wallMs, result, context });
  telling.rate = rate;
  if (before !== piece) telling.drafts.push({ verb: 'played', wallMs, result });
}

function tellCompletion(telling: Telling, wallMs: number): void {
  telling.registration = { ...telling.registration, complete: true };
  const duration = isoDuration(totalMs(telling.registration.spent));
  const result = { completion: true, duration, ...standing(telling) } as const;
  telling.drafts.push({ verb: 'completed', wallMs, result, context: measures(telling) });
}

const standing = ({ registration: { segments }, lengthMs, atMs = 0 }: Telling): { extensions: Extensions } => ({
  extensions: {
    [ext.time]: secondsOf(atMs),
    [ext.progress]: progressOf(segments, lengthMs),
    [ext.playedSegments]: playedSegments(segments),
  },
});

const threshold = completionRule.thresholdPermille / 1000;

const measures = ({ lengthMs }: Telling): Extensions => ({
  [ext.length]: secondsOf(lengthMs),
  ...(threshold < 1 ? { [ext.completionThreshold]: threshold } : {}),
});
