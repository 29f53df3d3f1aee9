import type { LectureView } from '#libs/contracts';
import type { Programme, RollDraft } from './roll-draft.js';
import { carried } from './carried.js';

/** A hall plays no more one after another. */
export const MOST_IN_A_ROW = 100;

/** The programme from one of its lectures on; undefined when it is not among them. */
export function programmeFrom(
  title: string,
  lectures: readonly LectureView[],
  lectureId: string,
): Programme | undefined {
  const place = lectures.findIndex(({ id }) => id === lectureId);
  return place < 0 ? undefined : { title, rest: lectures.slice(place + 1, place + MOST_IN_A_ROW) };
}

export const nextIn = ({ programme }: Pick<RollDraft, 'programme'>): LectureView | undefined => programme?.rest[0];

/**
 * What stands on the desk when a session is closed: the next lecture of the programme, for the people who are here. It is a
 * session of its own, so nothing of the one before goes with it but who is here. Undefined when nothing follows.
 */
export function followedBy({ programme, present, headCount }: RollDraft, bootId: string): RollDraft | undefined {
  const [next, ...rest] = programme?.rest ?? [];
  if (!programme || !next) return undefined;
  return {
    lectureId: next.id,
    present: present.map(carried),
    headCount,
    programme: { ...programme, rest },
    followsIn: bootId,
  };
}
