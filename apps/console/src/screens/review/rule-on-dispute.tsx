import type { DisputeItem } from '#libs/contracts';
import { RuleButton } from '../../records/rule-button';
import { choicesOf } from '../../records/ruling-choices';
import { useNameOf } from './about';

/** Where the record cannot be opened for want of the name, the case is ruled from the queue. */
export function RuleOnDispute({ dispute }: { dispute: DisputeItem }) {
  const nameOf = useNameOf();
  const { id, learnerId, sessionId, kind, grade, ruling } = dispute;
  if (learnerId !== null || kind === null) return null;
  return (
    <RuleButton
      sessionId={sessionId}
      of={{ disputeId: id }}
      choices={choicesOf({ kind, grade, standing: ruling ?? 'restore' })}
      name={nameOf(dispute)}
      stale={['/disputes']}
    />
  );
}
