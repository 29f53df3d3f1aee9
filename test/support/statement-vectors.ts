import { videoExtensions as ext, videoVerbs, type Span, type VideoVerb } from '#libs/domain';
import type { StatementsAnswer } from '#libs/contracts';
import { v7 as uuidv7 } from 'uuid';

/** Who watched what, in a session of some other player. */
export interface Viewing {
  readonly learnerId: string;
  readonly editionId: string;
  readonly sessionId: string;
  readonly wallZeroMs: number;
}

type Words = Readonly<Record<string, unknown>>;

/** Statements as another platform of the profile would send them; plain, so that they say whatever a vector says. */
export const statementAt = (
  { learnerId, editionId, sessionId, wallZeroMs }: Viewing,
  verb: VideoVerb,
  clockMs: number,
  result: Words = {},
  context: Words = {},
) => ({
  id: uuidv7(),
  actor: { account: { homePage: 'https://elsewhere.example', name: learnerId } },
  verb: { id: videoVerbs[verb] },
  object: { id: `https://elsewhere.example/editions/${editionId}` },
  timestamp: new Date(wallZeroMs + clockMs).toISOString(),
  result: { extensions: result },
  context: { extensions: { [ext.sessionId]: sessionId, ...context } },
});

/** One span: at which rate, from where, until where. */
export const statementsOfSpan = (viewing: Viewing, { fromMs, toMs, rate, clockFromMs, clockToMs }: Span) => [
  statementAt(viewing, 'interacted', clockFromMs, { [ext.time]: fromMs / 1000 }, { [ext.speed]: `${rate}x` }),
  statementAt(viewing, 'played', clockFromMs, { [ext.time]: fromMs / 1000 }),
  statementAt(viewing, 'paused', clockToMs, { [ext.time]: toMs / 1000 }),
];

type Headers = Record<string, string>;

/** Who posts statements to a house. */
export const bringer = (url: () => string) => {
  const post = (statements: unknown, headers: Headers): Promise<Response> =>
    fetch(`${url()}/api/v1/tracking/statements`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(statements),
    });
  return {
    post,
    /** @throws {Error} when they are not taken. */
    bring: async (statements: readonly unknown[], headers: Headers): Promise<StatementsAnswer> => {
      const response = await post(statements, headers);
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.json()) as StatementsAnswer;
    },
  };
};

/** What became of each: its code, when it was refused. */
export const outcomes = ({ results }: StatementsAnswer) => results.map(({ outcome, code }) => code ?? outcome);
