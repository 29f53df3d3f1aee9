import type { PaperSession } from '#libs/contracts';
import type { Presence } from '#libs/domain';
import type { z } from 'zod';

type Paper = z.output<typeof PaperSession>;
type Line = Paper['present'][number];

/** Which line of a sheet cannot have been so, and why. */
export interface ImpossibleLine {
  readonly pointer: string;
  readonly detail: string;
}

/** A line on the clock of its session, which begins with it; what lies outside is cut off. */
function stayOf({ cameAt, wentAt }: Line, startMs: number, lastMs: number): [fromMs: number, toMs: number] {
  const fromMs = cameAt === null ? 0 : Math.max(0, Date.parse(cameAt) - startMs);
  const toMs = wentAt === null ? lastMs : Math.min(lastMs, Date.parse(wentAt) - startMs);
  return [fromMs, toMs];
}

/** Lines of people who came when all was over, or went before they came. */
export function impossibleLines({ present, startedAt, fromMs, toMs }: Paper): ImpossibleLine[] {
  return present.flatMap((line, index) => {
    const [from, to] = stayOf(line, Date.parse(startedAt), toMs - fromMs);
    const field = line.wentAt === null ? 'cameAt' : 'wentAt';
    return from < to
      ? []
      : [{ pointer: `/present/${index}/${field}`, detail: 'leaves no time at which they were there' }];
  });
}

/** Everybody on the sheet by roll-call (C). The same lines in another order are the same presences. */
export function presencesOf({ present, startedAt, fromMs, toMs }: Paper): Presence[] {
  const stays = present.map((line) => {
    const [clockFromMs, clockToMs] = stayOf(line, Date.parse(startedAt), toMs - fromMs);
    return { learnerId: line.learnerId, clockFromMs, clockToMs, grade: 'C' as const };
  });
  const keyOf = ({ learnerId, clockFromMs, clockToMs }: (typeof stays)[number]) =>
    `${learnerId} ${String(clockFromMs).padStart(15, '0')} ${clockToMs}`;
  const once = new Map(stays.map((stay) => [keyOf(stay), stay]));
  return [...once.keys()].sort().flatMap((key, seq) => {
    const stay = once.get(key);
    return stay ? [{ seq, ...stay }] : [];
  });
}
