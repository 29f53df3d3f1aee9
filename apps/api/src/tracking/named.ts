import { labelOf } from '#libs/database';
import type { Parcel } from './ledger.js';
import type { ReadSession } from './read-batch.js';

/** Every learner whom a parcel names, and the one who sends it. */
export const namedIn = ({ batch, reporter }: Parcel): string[] => [
  ...batch.sessions.flatMap(({ head, presences }) => [
    ...(head?.learnerId ? [head.learnerId] : []),
    ...presences.map(({ learnerId }) => learnerId),
  ]),
  ...(reporter.learnerId ? [reporter.learnerId] : []),
];

/** What comes late of erased learners counts for the site, under the label by which the ledger knows them; their notes go. */
export function relabelled(parcel: Parcel, erased: ReadonlySet<string>): Parcel {
  if (erased.size === 0) return parcel;
  const isErased = (learnerId: string) => erased.has(labelOf(learnerId));
  const nameOf = (learnerId: string) => (isErased(learnerId) ? labelOf(learnerId) : learnerId);
  const headOf = ({ head }: ReadSession) =>
    head?.learnerId && isErased(head.learnerId) ? { ...head, learnerId: labelOf(head.learnerId), note: null } : head;
  const sessions = parcel.batch.sessions.map((session) => ({
    ...session,
    head: headOf(session),
    presences: session.presences.map((presence) => ({ ...presence, learnerId: nameOf(presence.learnerId) })),
  }));
  return { ...parcel, batch: { ...parcel.batch, sessions } };
}
