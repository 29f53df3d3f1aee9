import {
  faultOf,
  presenceFaultOf,
  rootOfPresence,
  rootOfSpan,
  settlePresences,
  settleSpans,
  type Presence,
  type RefusalCode,
  type Settled,
  type Span,
} from '#libs/domain';

export interface Verdict<Item> {
  readonly item: Item;
  readonly code: RefusalCode | undefined;
}

/** Items of a batch, each with its verdict beside all that the ledger holds of the session. */
export interface Judgement<Item> {
  readonly verdicts: readonly Verdict<Item>[];
  /** What is sound in itself goes into the ledger: which of it counts depends on what else arrives. */
  readonly sound: readonly Item[];
}

interface Rules<Item> {
  readonly fault: (item: Item) => RefusalCode | undefined;
  readonly settle: (items: readonly Item[]) => Settled<Item>;
  readonly rootOf: (item: Item) => string;
}

function judge<Item>(items: readonly Item[], before: readonly Item[], rules: Rules<Item>): Judgement<Item> {
  const sound = items.filter((item) => !rules.fault(item));
  const { refused } = rules.settle([...before, ...sound]);
  const codes = new Map(refused.map(({ item, code }) => [rules.rootOf(item), code]));
  const verdicts = items.map((item) => ({ item, code: rules.fault(item) ?? codes.get(rules.rootOf(item)) }));
  return { verdicts, sound };
}

export const judgeSpans = (items: readonly Span[], before: readonly Span[], lengthMs: number): Judgement<Span> =>
  judge(items, before, {
    fault: (span) => faultOf(span, lengthMs),
    settle: (spans) => settleSpans(spans, lengthMs),
    rootOf: rootOfSpan,
  });

export const judgePresences = (items: readonly Presence[], before: readonly Presence[]): Judgement<Presence> =>
  judge(items, before, { fault: presenceFaultOf, settle: settlePresences, rootOf: rootOfPresence });
