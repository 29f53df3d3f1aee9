import type { EditionUnderWay } from '#libs/contracts';

/** What is not as usual with an edition under way, by the key of its words. */
export function remarksOf({ paused, priority, encode, watchable }: Remarkable) {
  const remarks = [
    { if: paused, tone: 'warning', key: 'house.paused' },
    { if: priority > 0, tone: 'quiet', key: 'turns.first' },
    { if: priority < 0, tone: 'quiet', key: 'turns.later' },
    { if: encode > 1, tone: 'quiet', key: 'house.again' },
    { if: watchable, tone: 'moving', key: 'house.watchable' },
  ] as const;
  return remarks.filter((remark) => remark.if);
}

type Remarkable = Pick<EditionUnderWay, 'paused' | 'priority' | 'encode' | 'watchable'>;
