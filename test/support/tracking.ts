import type { LearnerRecord, TrackingAnswer } from '#libs/contracts';
import { Device, Edition, Learner, Lecture, RosterEntry } from '#libs/database';
import type { Span } from '#libs/domain';
import { createHash, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { startApi } from './api.js';
import { seedCountry, signIn } from './people.js';

/** A published edition of a lecture of its own, written straight into the database. */
export async function seedEdition(
  database: DataSource,
  {
    courseId,
    lengthMs,
    lectureId,
    number = 1,
  }: { courseId: string; lengthMs: number; lectureId?: string; number?: number },
): Promise<{ id: string; lectureId: string }> {
  const [id, newLectureId] = [uuidv7(), lectureId ?? uuidv7()];
  const position = Math.floor(Math.random() * 2 ** 31);
  if (!lectureId) await database.manager.insert(Lecture, { id: newLectureId, courseId, position, title: 'Wells' });
  await database.manager.insert(Edition, {
    id,
    lectureId: newLectureId,
    number,
    sourceName: 'a.mp4',
    sourceBytes: '1',
    sourceSha256: '0',
    state: 'ready',
    live: number === 1,
    durationMs: lengthMs,
  });
  return { id, lectureId: newLectureId };
}

/** A device at a site: the headers by which it is known. */
export async function seedDevice(database: DataSource, siteId: string): Promise<{ authorization: string }> {
  const credential = randomBytes(32).toString('base64url');
  const secretHash = createHash('sha256').update(credential).digest('hex');
  await database.manager.insert(Device, { id: uuidv7(), siteId, name: 'box', secretHash });
  return { authorization: `Device ${credential}` };
}

/** A learner on the roster of a site, without card or account: their id. */
export async function seedLearner(database: DataSource, siteId: string, name = 'somebody'): Promise<string> {
  const id = uuidv7();
  await database.manager.insert(Learner, { id, name, code: id });
  await database.manager.insert(RosterEntry, { siteId, learnerId: id, fromDate: '2020-01-01' });
  return id;
}

/** A batch with one anchor: the server's time at clock 0 of its boot. */
export const batchOf = (sessions: readonly unknown[], wallZeroMs: number, more: object = {}) => ({
  id: uuidv7(),
  deviceId: 'box',
  bootId: uuidv7(),
  sentAt: new Date().toISOString(),
  anchors: [{ clockMs: 0, serverTime: new Date(wallZeroMs).toISOString() }],
  sessions,
  ...more,
});

/** Media and clock that run together. */
export const spanOf = (seq: number, fromMs: number, toMs: number, clockFromMs = fromMs): Span => {
  return { seq, fromMs, toMs, rate: 1, clockFromMs, clockToMs: clockFromMs + toMs - fromMs };
};

type Headers = Record<string, string>;

export const post = (url: string, body: unknown, headers: Headers): Promise<Response> =>
  fetch(`${url}/api/v1/tracking/batches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** @throws {Error} when the batch is not taken. */
export async function send(url: string, body: unknown, headers: Headers): Promise<TrackingAnswer> {
  const response = await post(url, body, headers);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as TrackingAnswer;
}

export async function recordOf(url: string, learnerId: string, headers: Headers): Promise<LearnerRecord> {
  const response = await fetch(`${url}/api/v1/learners/${learnerId}/record`, { headers });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as LearnerRecord;
}

/** A house in which Li (account `li`) watches and a device stands in the hall; each describe takes an edition of its own. */
export async function startWatching(overrides: Record<string, string> = {}) {
  const api = await startApi(overrides);
  const country = await seedCountry(api.database);
  const session = await signIn(api.url, 'li');
  let editionId = '';
  return {
    api,
    country,
    li: { cookie: session.cookie },
    outbox: { authorization: `Outbox ${session.outboxToken ?? ''}` },
    device: { authorization: country.devices.hall.authorization },
    newEdition: async (lengthMs = 600_000) => {
      editionId = (await seedEdition(api.database, { courseId: country.course.id, lengthMs })).id;
      return editionId;
    },
    /** Li watches the first 15 s. */
    personal: (more: object = {}) => ({
      id: uuidv7(),
      editionId,
      kind: 'personal',
      learnerId: country.learners.li.id,
      clockAtStartMs: 0,
      spans: [spanOf(0, 0, 15_000)],
      ...more,
    }),
    /** The hall shows the first minute. */
    hall: (more: object = {}) => ({
      id: uuidv7(),
      editionId,
      kind: 'hall',
      siteId: country.sites.hall,
      clockAtStartMs: 0,
      spans: [spanOf(0, 0, 60_000)],
      ...more,
    }),
    /** What a learner has of the edition. */
    itemOf: async (headers: Record<string, string>, learnerId = country.learners.li.id) =>
      (await recordOf(api.url, learnerId, headers)).items.find((item) => item.editionId === editionId),
  };
}
