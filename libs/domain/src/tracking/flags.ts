/**
 * What looks odd in the ledger, for people to look at. A flag is a question, never an answer: nothing that is counted reads
 * it. Each tells the numbers that it comes from and the sessions behind them.
 */
export const flagKinds = [
  'long-day',
  'always-everyone',
  'same-audience',
  'same-roster',
  'impossible-rates',
  'silent-device',
] as const;
export type FlagKind = (typeof flagKinds)[number];
export const flagStates = ['open', 'fine', 'acted'] as const;
export type FlagState = (typeof flagStates)[number];

export interface Flag {
  readonly kind: FlagKind;
  readonly siteId: string;
  readonly learnerId: string | null;
  readonly deviceId: string | null;
  /** What it is about, and from which day on, `YYYY-MM-DD`: of both there is one flag of a kind, however often it is found. */
  readonly subject: string;
  readonly since: string;
  readonly evidence: FlagEvidence;
}

export interface FlagEvidence {
  readonly numbers: Readonly<Record<string, number>>;
  /** The first twenty. */
  readonly sessions: readonly string[];
  readonly otherSiteId: string | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Longer than anybody studies between waking and sleeping, with meals: a device that ran on by itself, or a lent card. */
export const LONG_DAY_MS = 14 * HOUR_MS;
/** Fewer people, or fewer sessions, are easily all there. */
const FEWEST_PEOPLE = 5;
const FEWEST_SESSIONS = 8;
/** Sessions at two places that touch by less may follow each other: clocks are good to some minutes only. */
const OVERLAP_MS = 10 * 60_000;
/** A few refusals are a bad clock or a crash; every fourth report is not. */
const FEWEST_REFUSED = 20;
const REFUSED_OF = 4;
/** Longer than a village is cut off, or on holiday, without telling anybody. */
export const SILENCE_MS = 14 * DAY_MS;
const MOST_SESSIONS = 20;

const evidence = (
  numbers: FlagEvidence['numbers'],
  sessions: readonly string[] = [],
  otherSiteId: string | null = null,
): FlagEvidence => ({ numbers, sessions: [...sessions].sort().slice(0, MOST_SESSIONS), otherSiteId });

const NOBODY = { learnerId: null, deviceId: null };
const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

export interface LearnerDay {
  readonly siteId: string;
  readonly learnerId: string;
  readonly day: string;
  /** Union over all screens. */
  readonly playedMs: number;
  readonly sessions: readonly string[];
}

/** A learner who watched nearly the whole day. */
export const longDay = ({ siteId, learnerId, day, playedMs, sessions }: LearnerDay): Flag[] =>
  playedMs < LONG_DAY_MS
    ? []
    : [
        {
          ...{ kind: 'long-day', siteId, learnerId, deviceId: null, subject: learnerId, since: day },
          evidence: evidence({ playedMs }, sessions),
        },
      ];

export interface HallRoll {
  readonly siteId: string;
  readonly sessionId: string;
  readonly day: string;
  /** On the roster that day, and how many of them were named in the session. */
  readonly roster: number;
  readonly present: number;
}

/** A site in whose halls, session after session, nobody of the roster was ever missing. Takes the sessions of one site. */
export function alwaysEveryone(rolls: readonly HallRoll[]): Flag[] {
  const days = rolls.map(({ day }) => day).sort();
  const [first, last] = [rolls[0], days.at(-1)];
  const isOdd = ({ roster, present }: HallRoll) => roster >= FEWEST_PEOPLE && present >= roster;
  if (!first || !last || rolls.length < FEWEST_SESSIONS || !rolls.every(isOdd)) return [];
  const people = Math.min(...rolls.map(({ roster }) => roster));
  const ids = rolls.map(({ sessionId }) => sessionId);
  return [
    {
      ...{ kind: 'always-everyone', siteId: first.siteId, ...NOBODY, subject: first.siteId, since: monthOf(last) },
      evidence: evidence({ sessions: rolls.length, people }, ids),
    },
  ];
}

export interface HallAudience {
  readonly siteId: string;
  readonly sessionId: string;
  readonly day: string;
  readonly learners: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
}

const isSameSet = (some: readonly string[], others: readonly string[]): boolean => {
  const [a, b] = [new Set(some), new Set(others)];
  return a.size === b.size && [...a].every((one) => b.has(one));
};

/** The same people in two halls at the same time. Of each of the two sites there is a flag. */
export function sameAudience(one: HallAudience, other: HallAudience): Flag[] {
  const overlapMs = Math.min(one.endMs, other.endMs) - Math.max(one.startMs, other.startMs);
  const people = new Set(one.learners).size;
  const isElsewhere = one.siteId !== other.siteId && overlapMs >= OVERLAP_MS;
  if (!isElsewhere || people < FEWEST_PEOPLE || !isSameSet(one.learners, other.learners)) return [];
  const of = (here: HallAudience, there: HallAudience): Flag => ({
    ...{ kind: 'same-audience', siteId: here.siteId, ...NOBODY, since: here.day },
    subject: `${here.siteId} ${there.siteId}`,
    evidence: evidence({ people, overlapMs }, [here.sessionId, there.sessionId], there.siteId),
  });
  return [of(one, other), of(other, one)];
}

/** Two sites with the same people on their rosters. */
export const sameRoster = (siteId: string, otherSiteId: string, people: number, since: string): Flag[] =>
  people < FEWEST_PEOPLE
    ? []
    : [
        {
          ...{ kind: 'same-roster', siteId, ...NOBODY, subject: `${siteId} ${otherSiteId}`, since },
          evidence: evidence({ people }, [], otherSiteId),
        },
      ];

export interface Reports {
  readonly siteId: string;
  readonly learnerId: string | null;
  readonly deviceId: string | null;
  /** Of the latest. */
  readonly day: string;
  /** Kept in the ledger, whether they count or not. */
  readonly spans: number;
  readonly fasterThanClock: number;
  readonly clockOverlap: number;
  readonly sessions: readonly string[];
}

/** A device, or somebody's own player, whose reports again and again tell more than time allows. */
export function impossibleRates(reports: Reports): Flag[] {
  const { siteId, learnerId, deviceId, day, spans, fasterThanClock, clockOverlap, sessions } = reports;
  const refused = fasterThanClock + clockOverlap;
  const subject = deviceId ?? learnerId;
  if (!subject || refused < FEWEST_REFUSED || refused * REFUSED_OF < spans) return [];
  return [
    {
      ...{ kind: 'impossible-rates', siteId, learnerId, deviceId, subject, since: monthOf(day) },
      evidence: evidence({ fasterThanClock, clockOverlap, spans }, sessions),
    },
  ];
}

export interface DeviceContact {
  readonly siteId: string;
  readonly deviceId: string;
  readonly enrolledMs: number;
  /** Its last report; null: it never sent one. */
  readonly reportedMs: number | null;
}

/** A device that has stopped to report, or never began. */
export function silentDevice({ siteId, deviceId, enrolledMs, reportedMs }: DeviceContact, nowMs: number): Flag[] {
  const sinceMs = Math.max(enrolledMs, reportedMs ?? 0);
  if (nowMs - sinceMs < SILENCE_MS) return [];
  const numbers = { silentMs: nowMs - sinceMs, everReported: reportedMs === null ? 0 : 1 };
  const since = new Date(sinceMs).toISOString().slice(0, 10);
  return [
    {
      ...{ kind: 'silent-device', siteId, learnerId: null, deviceId, subject: deviceId, since },
      evidence: evidence(numbers),
    },
  ];
}
