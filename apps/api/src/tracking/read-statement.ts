import { type StatementCode, VideoStatement, VideoTime } from '#libs/contracts';
import { EVIDENCE_GRADE, videoExtensions as ext, videoVerbs, type Moment, type VideoVerb } from '#libs/domain';
import { z } from 'zod';

/** A statement of the Video Profile, as far as spans can be read from it. */
export interface StatementMoment extends Moment {
  /** Its place in the request. */
  readonly index: number;
  readonly id: string | null;
  readonly learnerId: string;
  readonly editionId: string;
  /** Statements of one session of one player have the same. */
  readonly viewing: string;
}

export interface UnreadStatement {
  readonly index: number;
  readonly id: string | null;
  readonly code: StatementCode;
}

const verbs = new Map(Object.entries(videoVerbs).map(([verb, iri]) => [iri as string, verb as VideoVerb]));
const EDITION = /\/editions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const SPEED = /^(\d{1,2}(?:\.\d{1,3})?)x?$/;
const Uuid = z.uuid().toLowerCase();

/** Our houses' addresses change with the years; the ids of learners and editions do not. So those alone are looked at. */
export function readStatement(raw: unknown, index: number): StatementMoment | UnreadStatement {
  const { data: statement } = VideoStatement.safeParse(raw);
  if (!statement) return { index, id: null, code: 'malformed' };
  const subject = subjectOf(statement);
  const named = { index, id: statement.id ?? null };
  if (typeof subject === 'string') return { ...named, code: subject };
  return { ...named, ...subject, viewing: viewingOf(statement), ...momentOf(statement, subject.verb) };
}

function subjectOf({ verb, object, actor, context }: VideoStatement) {
  const video = { verb: verbs.get(verb.id), editionId: EDITION.exec(object.id)?.[1]?.toLowerCase() };
  if (!video.verb || !video.editionId) return 'not-a-video';
  const { data: learnerId } = Uuid.safeParse(actor.account.name);
  if (!learnerId) return 'unknown-actor';
  return isOfHall(context) ? 'of-a-hall' : { verb: video.verb, editionId: video.editionId, learnerId };
}

const isOfHall = (context: VideoStatement['context']): boolean =>
  Object.keys(context?.extensions ?? {}).some((name) => name.endsWith(EVIDENCE_GRADE));

/** Who does not tell sessions apart tells registrations, or nothing: then all of an edition is one. */
const viewingOf = ({ context }: VideoStatement): string =>
  textOf(context?.extensions?.[ext.sessionId]) ?? context?.registration?.toLowerCase() ?? '';

function momentOf({ timestamp, result, context }: VideoStatement, verb: VideoVerb): Moment {
  const told = result?.extensions ?? {};
  return {
    verb,
    wallMs: Date.parse(timestamp),
    atMs: msOf(told[ext.time]),
    fromMs: msOf(told[ext.timeFrom]),
    toMs: msOf(told[ext.timeTo]),
    rate: rateOf(context?.extensions?.[ext.speed] ?? told[ext.speed]),
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.slice(0, 200).toLowerCase() : undefined;

function msOf(value: unknown): number | undefined {
  const { data: seconds } = VideoTime.safeParse(value);
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}

/** `1.5x` by the profile; a bare number by some who send. */
function rateOf(value: unknown): number | undefined {
  const told = typeof value === 'string' || typeof value === 'number' ? SPEED.exec(String(value))?.[1] : undefined;
  return told === undefined ? undefined : Number(told);
}
