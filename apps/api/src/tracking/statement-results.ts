import type { SessionResult, StatementCode, StatementResult } from '#libs/contracts';
import { refusalDetail, type RefusalCode } from '#libs/domain';
import type { PlacedStatement } from './statement-batches.js';

interface Named {
  readonly index: number;
  readonly id: string | null;
}

const ownReasons: Readonly<Record<Exclude<StatementCode, RefusalCode>, string>> = {
  'not-a-video': 'This is no statement of the xAPI Video Profile about an edition of a lecture.',
  'unknown-actor': 'The name of the actor’s account is not the id of a learner.',
  'of-a-hall': 'This tells of a hall: what a hall watched is reported by the hall, with who was there.',
  'no-end': 'Something began to play, and no statement beside this one tells until when.',
};

const detailOf = (code: StatementCode): string =>
  code in ownReasons ? ownReasons[code as keyof typeof ownReasons] : refusalDetail(code as RefusalCode);

const plain = ({ index, id }: Named) => ({ index, statement: id, session: null, seq: null });

export const noted = (named: Named): StatementResult => ({ ...plain(named), outcome: 'noted' });

export const refusal = (named: Named, code: StatementCode): StatementResult => {
  return { ...plain(named), outcome: 'refused', code, detail: detailOf(code) };
};

/** What the ledger said of the span that began with the statement. */
export function resultOf(
  { moment, session, seq }: PlacedStatement,
  results: readonly SessionResult[],
): StatementResult {
  const refused = results.find((result) => result.session === session)?.refused ?? [];
  const why = refused.find((one) => one.item === 'span' && one.seq === seq);
  const placed = { ...plain(moment), session, seq };
  return why ? { ...placed, outcome: 'refused', code: why.code, detail: why.detail } : { ...placed, outcome: 'span' };
}
