import type { LearnerView, PaperPresence } from '#libs/contracts';
import { ServerProblem } from '../../server/client';
import { timeOnSheet } from './wall-time';

/** Whoever was once listed: also when the day is another, on whose roster they are not. */
export type Attendee = Pick<LearnerView, 'id' | 'name' | 'code'>;

/** What the sheet says of one learner; an empty time is the beginning, or the end. */
export interface Line {
  readonly who: Attendee;
  readonly came: string;
  readonly went: string;
}

/** By the id of the learner, in the order in which they were ticked. */
export type Attendance = Readonly<Record<string, Line>>;

export const withTick = (attendance: Attendance, who: Attendee, isThere: boolean): Attendance =>
  isThere
    ? { ...attendance, [who.id]: { who, came: '', went: '' } }
    : Object.fromEntries(Object.entries(attendance).filter(([id]) => id !== who.id));

/** Who is ticked, but not on the roster that is shown. */
export function strangersIn(attendance: Attendance, roster: readonly Attendee[]): Attendee[] {
  const listed = new Set(roster.map(({ id }) => id));
  return Object.values(attendance).flatMap(({ who }) => (listed.has(who.id) ? [] : [who]));
}

export const presentOf = (attendance: Attendance, zone: string, startedLocal: string): PaperPresence[] =>
  Object.entries(attendance).map(([learnerId, { came, went }]) => ({
    learnerId,
    cameAt: timeOnSheet(zone, startedLocal, came) ?? null,
    wentAt: timeOnSheet(zone, startedLocal, went) ?? null,
  }));

export type Refused = 'notOnRoster' | 'badTimes';

/** Which lines the house has refused, by learner: its pointers count them in the order in which they were sent. */
export function refusedLines(sent: readonly PaperPresence[], error: unknown): ReadonlyMap<string, Refused> {
  const fields = error instanceof ServerProblem ? error.fields : [];
  return new Map(
    fields.flatMap(({ pointer }) => {
      const [, place, field] = /^#?\/present\/(\d+)\/(\w+)$/.exec(pointer) ?? [];
      const id = sent[Number(place)]?.learnerId;
      return id === undefined ? [] : [[id, field === 'learnerId' ? 'notOnRoster' : 'badTimes'] as const];
    }),
  );
}
