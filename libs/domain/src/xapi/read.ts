import type { VideoVerb } from './vocabulary.js';

/** What a statement says of one learner, one edition and one session of a player. Positions and times in ms. */
export interface Moment {
  readonly verb: VideoVerb;
  readonly wallMs: number;
  /** `time` of played, paused, terminated, interacted. */
  readonly atMs?: number | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Of an interaction that changed it. */
  readonly rate?: number | undefined;
}

/** What played between two statements. */
export interface ReadSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly rate: number;
  readonly wallFromMs: number;
  readonly wallToMs: number;
}

export interface Reading<M> {
  /** Each with the statement with which it begins. */
  readonly spans: readonly { readonly span: ReadSpan; readonly by: M }[];
  /** Statements with which something began to play whose end nothing tells. */
  readonly open: readonly M[];
}

/** Of what happened at the same moment: an LRS answers with the newest first, so the order of a list says nothing. */
const order: readonly VideoVerb[] = [
  'initialized',
  'paused',
  'completed',
  'seeked',
  'interacted',
  'played',
  'terminated',
];
const byTime = (a: Moment, b: Moment): number => a.wallMs - b.wallMs || order.indexOf(a.verb) - order.indexOf(b.verb);

interface Playing<M> {
  readonly by: M;
  readonly fromMs: number;
}

/** The spans of one session of a player, from its statements in any order: rule 1 then judges each as any other span. */
export function readSpans<M extends Moment>(moments: readonly M[]): Reading<M> {
  const spans: { span: ReadSpan; by: M }[] = [];
  const open: M[] = [];
  let rate = 1;
  let playing: Playing<M> | undefined;
  for (const moment of [...moments].sort(byTime)) {
    if (!changes(moment)) continue;
    if (playing) {
      const span = spanUntil(moment, playing, rate);
      if (span) spans.push({ span, by: playing.by });
      else open.push(playing.by);
    }
    rate = moment.rate ?? rate;
    playing = beginning(moment, playing !== undefined);
  }
  if (playing) open.push(playing.by);
  return { spans, open };
}

function spanUntil(end: Moment, { by, fromMs }: Playing<Moment>, rate: number): ReadSpan | undefined {
  const toMs = stopOf(end);
  return toMs === undefined ? undefined : { fromMs, toMs, rate, wallFromMs: by.wallMs, wallToMs: end.wallMs };
}

/** Where the medium stood when what played ended. */
function stopOf(moment: Moment): number | undefined {
  switch (moment.verb) {
    case 'paused':
    case 'terminated':
    case 'interacted':
      return moment.atMs;
    case 'seeked':
      return moment.fromMs;
    default:
      return undefined;
  }
}

/** Whether something else plays after it than before. */
const changes = ({ verb, rate }: Moment): boolean =>
  verb !== 'completed' && (verb !== 'interacted' || rate !== undefined);

/** A jump or another rate interrupts nothing: what played goes on, from there. */
function beginning<M extends Moment>(moment: M, isPlaying: boolean): Playing<M> | undefined {
  const fromMs = moment.verb === 'seeked' ? moment.toMs : moment.atMs;
  const goesOn = isPlaying && (moment.verb === 'seeked' || moment.verb === 'interacted');
  return fromMs !== undefined && (moment.verb === 'played' || goesOn) ? { by: moment, fromMs } : undefined;
}

const HOUR_MS = 3_600_000;
/** No two spans of a session that count begin closer to each other (rule 1: 250 ms long, 50 ms of them may overlap). */
const SLOT_MS = 200;

/**
 * Where a span stands in the ledger. Both follow from the moment at which it began and from nothing else, so it is the same
 * span whichever other statements it comes with: an hour of the wall clock is a session, its slots are numbers.
 */
export const placeInHour = (wallMs: number): { hour: number; seq: number } => {
  const hour = Math.floor(wallMs / HOUR_MS);
  return { hour, seq: Math.floor((wallMs - hour * HOUR_MS) / SLOT_MS) };
};

/** When the clock of an hour reads 0. */
export const wallZeroOfHour = (hour: number): number => hour * HOUR_MS;
