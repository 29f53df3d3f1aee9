import type { PaperPresence } from '#libs/contracts';
import { ServerProblem } from '../../server/client';
import { timeOnSheet } from './wall-time';

/** What the sheet says of one learner; an empty time is the beginning, or the end. */
export interface Line {
  readonly came: string;
  readonly went: string;
}

export const WHOLE: Line = { came: '', went: '' };

/** By the id of the learner, in the order in which they were ticked. */
export type Attendance = Readonly<Record<string, Line>>;

export const withTick = (attendance: Attendance, learnerId: string, isThere: boolean): Attendance =>
  isThere
    ? { ...attendance, [learnerId]: WHOLE }
    : Object.fromEntries(Object.entries(attendance).filter(([id]) => id !== learnerId));

export const presentOf = (attendance: Attendance, zone: string, startedLocal: string): PaperPresence[] =>
  Object.entries(attendance).map(([learnerId, { came, went }]) => ({
    learnerId,
    cameAt: timeOnSheet(zone, startedLocal, came) ?? null,
    wentAt: timeOnSheet(zone, startedLocal, went) ?? null,
  }));

export type Refused = 'notOnRoster' | 'badTimes';

/** Which lines the house has refused, by learner: its pointers count them in the order in which they were sent. */
export function refusedLines(attendance: Attendance, error: unknown): ReadonlyMap<string, Refused> {
  const ids = Object.keys(attendance);
  const fields = error instanceof ServerProblem ? error.fields : [];
  return new Map(
    fields.flatMap(({ pointer }) => {
      const [, place, field] = /^#?\/present\/(\d+)\/(\w+)$/.exec(pointer) ?? [];
      const id = ids[Number(place)];
      return id === undefined ? [] : [[id, field === 'learnerId' ? 'notOnRoster' : 'badTimes'] as const];
    }),
  );
}
