import type { Subject } from './subject.js';
import {
  EVIDENCE_GRADE,
  VIDEO_PROFILE,
  VIDEO_TYPE,
  verbNames,
  videoExtensions,
  videoVerbs,
  type Extensions,
  type Statement,
  type VideoVerb,
} from './vocabulary.js';

/** What happened, before it is said of whom. */
export interface Draft {
  readonly verb: VideoVerb;
  readonly wallMs: number;
  readonly result?: NonNullable<Statement['result']>;
  readonly context?: Extensions;
}

/** Under which address an edition is known outside; readers find it by the end of the address. */
export const activityOf = (home: string, lectureId: string, editionId: string): string =>
  `${home}/lectures/${lectureId}/editions/${editionId}`;

export function statementOf(
  subject: Subject,
  { verb, wallMs, result, context }: Draft,
  { id, sessionId, registrationId }: { id: string; sessionId: string; registrationId: string },
): Statement {
  const { home, learnerId, lectureId, editionId, grade } = subject;
  return {
    id,
    actor: { objectType: 'Agent', account: { homePage: home, name: learnerId } },
    verb: { id: videoVerbs[verb], display: verbNames[verb] },
    object: {
      objectType: 'Activity',
      id: activityOf(home, lectureId, editionId),
      definition: { type: VIDEO_TYPE, name: { [subject.language]: subject.title } },
    },
    ...(result ? { result } : {}),
    context: {
      registration: registrationId,
      platform: 'Lectern',
      contextActivities: { category: [{ id: VIDEO_PROFILE }] },
      extensions: {
        [videoExtensions.sessionId]: sessionId,
        ...(grade ? { [`${home}${EVIDENCE_GRADE}`]: grade } : {}),
        ...context,
      },
    },
    timestamp: new Date(wallMs).toISOString(),
  };
}
