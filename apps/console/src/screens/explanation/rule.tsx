import type { ExplainedSession } from '#libs/contracts';
import { RuleButton } from '../../records/rule-button';
import { choicesOf } from '../../records/ruling-choices';

interface Props {
  session: ExplainedSession;
  learnerId: string;
  /** What the session is called, for a screen reader. */
  name: string;
  path: string;
}

/** An organiser rules what a session counts for the learner, and says why. */
export function Rule({ session: { id, kind, grade, overrides }, learnerId, name, path }: Props) {
  const standing = overrides.find(({ stands }) => stands)?.kind ?? 'restore';
  return (
    <RuleButton
      sessionId={id}
      of={{ learnerId }}
      choices={choicesOf({ kind, grade, standing })}
      name={name}
      stale={[path, '/sites']}
    />
  );
}
