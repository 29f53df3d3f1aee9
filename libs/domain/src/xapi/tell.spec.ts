import { describe, expect, it } from '@jest/globals';
import xapi from 'xapi-validation';
import { piece, result, say, subject, verbOf, verbs } from '../../../../test/support/statements.js';
import { NEW_REGISTRATION, type Registration } from './registration.js';
import type { Piece } from './pieces.js';
import { videoExtensions as ext, type Statement } from './vocabulary.js';

const twoParts = [piece(0, 300_000, 0), piece(310_000, 590_000, 330_000), piece(590_000, 600_000, 620_000, 2)];

describe('XAPI-02: a statement', () => {
  const { statements } = say(twoParts, NEW_REGISTRATION, { grade: 'C' });

  it('is one by the specification, with one account and an opaque name', () => {
    for (const statement of statements) {
      expect(xapi.default(statement)).toEqual([]);
      expect(statement.actor).toEqual({
        objectType: 'Agent',
        account: { homePage: 'https://lectern.example', name: subject.learnerId },
      });
      expect(JSON.stringify(statement)).not.toMatch(/null|mbox/);
      expect(statement.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
  });

  it('spends an ISO 8601 duration, and speaks RFC 5646 languages', () => {
    const completed = statements.find((statement) => verbOf(statement) === 'completed');
    expect(completed?.result?.duration).toBe('PT580S');
    for (const { verb, object } of statements) {
      for (const tag of Object.keys({ ...verb.display, ...object.definition.name })) {
        expect(Intl.getCanonicalLocales(tag)).toEqual([tag]);
      }
    }
  });
});

describe('XAPI-03: ids', () => {
  it('are the same when the same is said, and others when anything else is', () => {
    const ids = (pieces: readonly Piece[], before?: Registration) => say(pieces, before).statements.map(({ id }) => id);
    const first = ids(twoParts);
    expect(ids(twoParts)).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
    const others = [
      ...ids(twoParts.slice(0, 2)),
      ...ids(twoParts, { ...NEW_REGISTRATION, segments: [[0, 1000]] }),
      ...say(twoParts, NEW_REGISTRATION, { learnerId: subject.sessionId }).statements.map(({ id }) => id),
    ];
    expect(first.filter((id) => others.includes(id))).toEqual([]);
  });
});

describe('VID-01: every statement', () => {
  it('is of the profile and about a video', () => {
    for (const { object, context } of say(twoParts).statements) {
      expect(object.definition.type).toBe('https://w3id.org/xapi/video/activity-type/video');
      expect(context.contextActivities.category).toContainEqual({ id: 'https://w3id.org/xapi/video' });
    }
  });
});

describe('VID-02: a session', () => {
  it('begins with its one initialized, pauses before it ends, and goes by the id of the first', () => {
    const { statements } = say(twoParts);
    const told = verbs(statements);
    expect(told).toEqual([
      'initialized',
      'played',
      'paused',
      'seeked',
      'played',
      'paused',
      'completed',
      'interacted',
      'played',
      'paused',
      'terminated',
    ]);
    const [first] = statements;
    expect(first?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(statements.map(({ context }) => context.extensions[ext.sessionId]))).toEqual(new Set([first?.id]));
  });

  it('of which nothing is new is not told', () => {
    expect(say([]).statements).toEqual([]);
  });
});

describe('VID-03: what each verb carries', () => {
  it.each([
    ['initialized', [], ['length', 'completionThreshold']],
    ['played', ['time'], []],
    ['paused', ['time', 'progress', 'playedSegments'], ['length', 'completionThreshold']],
    ['seeked', ['timeFrom', 'timeTo'], []],
    ['interacted', ['time'], ['speed']],
    ['completed', ['time', 'progress', 'playedSegments'], ['length', 'completionThreshold']],
    ['terminated', ['time', 'progress', 'playedSegments'], ['length', 'completionThreshold']],
  ] as const)('%s', (verb, inResult, inContext) => {
    const iris = (names: readonly (keyof typeof ext)[]) => names.map((name) => ext[name]).sort();
    const statements = say(twoParts).statements.filter((statement) => verbOf(statement) === verb);
    expect(statements.length).toBeGreaterThan(0);
    for (const { result: told, context } of statements) {
      expect(Object.keys(told?.extensions ?? {}).sort()).toEqual(iris(inResult));
      expect(Object.keys(context.extensions).sort()).toEqual(iris(['sessionId', ...inContext]));
    }
  });

  it('tells where it was, in seconds of three decimals at most', () => {
    const [, played, paused] = say([piece(1_234, 300_567, 0)]).statements;
    expect([result(played, 'time'), result(paused, 'time')]).toEqual([1.234, 300.567]);
  });

  it('tells of a hall how sure we are', () => {
    const { context } = say(twoParts, NEW_REGISTRATION, { grade: 'C' }).statements[0] ?? {};
    expect(context?.extensions['https://lectern.example/xapi/extensions/evidence-grade']).toBe('C');
  });
});

describe('VID-04: segments and progress', () => {
  it('write the segments of all attempts in their order, and round progress down', () => {
    const before = say([piece(0, 10_000, 0)]).registration;
    const { statements } = say([piece(5_000, 559_999, 20_000)], before);
    const last = statements.at(-1);
    expect(result(last, 'playedSegments')).toBe('0.000[.]10.000[,]5.000[.]559.999');
    expect(result(last, 'progress')).toBe(0.933);
  });

  it('complete once, by rule 8: not when it went by too fast', () => {
    const whole = say([piece(0, 600_000, 0)]);
    expect(verbs(whole.statements).filter((verb) => verb === 'completed')).toHaveLength(1);
    const again = say([piece(0, 600_000, 900_000)], whole.registration);
    expect(verbs(again.statements)).not.toContain('completed');
    expect(verbs(say([piece(0, 600_000, 0, 4)]).statements)).not.toContain('completed');
    for (const statement of whole.statements) {
      expect(statement.result?.completion).toBe(verbOf(statement) === 'completed' ? true : undefined);
    }
  });

  it('of somebody who has seen more separate pieces than are told ends there', () => {
    const pieces = Array.from({ length: 400 }, (_, index) => piece(index * 1_500, index * 1_500 + 500, index * 1_000));
    const { statements, isCut } = say(pieces);
    expect(isCut).toBe(true);
    expect(statements.filter((statement) => verbOf(statement) === 'played')).toHaveLength(300);
    expect(verbOf(statements.at(-1) as Statement)).toBe('terminated');
  });
});
