import { hash } from '@node-rs/argon2';
import {
  Account,
  AccountRole,
  Course,
  Device,
  Learner,
  Lecture,
  type Role,
  RosterEntry,
  Site,
  Unit,
  UnitParent,
} from '#libs/database';
import { createHash, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

const sha256 = (secret: string) => createHash('sha256').update(secret).digest('hex');
export const PASSWORD = 'everybody uses this';
export const PIN = '2468';
const CHEAP = { memoryCost: 8, timeCost: 1, parallelism: 1 };

/** A small country, written straight into the database: ids, logins and credentials of everybody in it. */
export type Country = Awaited<ReturnType<typeof seedCountry>>;

/**
 * centre > { north > village A with site `hall`, south > village B with site `school` }. One account for each staff role
 * on the centre (login = role), `secretary` who is the organiser of village A itself, `operator` on `hall`, learners li (account `li`, card, PIN) and wang, zhao (card only) on
 * the roster of `hall`, chen on that of `school`; a device at each site; a course of the centre with one lecture.
 */
export async function seedCountry(database: DataSource) {
  const db = database.manager;
  const unit = async (name: string, kind: Unit['kind'], parentId?: string) => {
    const id = uuidv7();
    await db.insert(Unit, { id, name, kind });
    if (parentId) await db.insert(UnitParent, { unitId: id, parentId, fromDate: '2020-01-01' });
    return id;
  };
  const site = async (name: string, unitId: string) => {
    const id = uuidv7();
    await db.insert(Site, { id, name, unitId });
    return id;
  };
  const learner = async (name: string, siteId: string) => {
    const [id, card] = [uuidv7(), randomBytes(8).toString('hex')];
    const code = `L${card.slice(0, 6)}`;
    await db.insert(Learner, { id, name, code, cardHash: sha256(card), pinHash: await hash(PIN, CHEAP) });
    await db.insert(RosterEntry, { siteId, learnerId: id, fromDate: '2020-01-01' });
    return { id, name, code, card };
  };
  const device = async (siteId: string) => {
    const [id, credential] = [uuidv7(), randomBytes(32).toString('base64url')];
    await db.insert(Device, { id, siteId, name: 'box', secretHash: sha256(credential) });
    return { id, credential, authorization: `Device ${credential}` };
  };
  const account = async (
    login: string,
    more: { learnerId?: string; role?: Role; unitId?: string; siteId?: string },
  ) => {
    const id = uuidv7();
    const { learnerId, role, unitId, siteId } = more;
    await db.insert(Account, {
      id,
      login,
      name: login,
      passwordHash: await hash(PASSWORD, CHEAP),
      ...(learnerId ? { learnerId } : {}),
    });
    if (role)
      await db.insert(AccountRole, { id: uuidv7(), accountId: id, role, ...(unitId ? { unitId } : { siteId }) });
    return { id, login };
  };

  const centre = await unit('Centre', 'centre');
  const [north, south] = [await unit('North', 'province', centre), await unit('South', 'province', centre)];
  const [villageA, villageB] = [await unit('Village A', 'village', north), await unit('Village B', 'village', south)];
  const [hall, school] = [await site('Hall', villageA), await site('School', villageB)];
  const li = await learner('李明', hall);
  const people = {
    li,
    wang: await learner('王芳', hall),
    zhao: await learner('赵强', hall),
    chen: await learner('陈静', school),
  };
  const course = { id: uuidv7(), unitId: centre, title: 'Soil and water' };
  await db.insert(Course, course);
  const lecture = { id: uuidv7(), courseId: course.id, position: 0, title: 'Terraces' };
  await db.insert(Lecture, lecture);
  return {
    units: { centre, north, south, villageA, villageB },
    sites: { hall, school },
    learners: people,
    devices: { hall: await device(hall), school: await device(school) },
    accounts: {
      admin: await account('chief', { role: 'admin', unitId: centre }),
      librarian: await account('librarian', { role: 'librarian', unitId: centre }),
      organiser: await account('organiser', { role: 'organiser', unitId: centre }),
      secretary: await account('secretary', { role: 'organiser', unitId: villageA }),
      auditor: await account('auditor', { role: 'auditor', unitId: centre }),
      operator: await account('operator', { role: 'operator', siteId: hall }),
      learner: await account('li', { learnerId: li.id }),
    },
    course,
    lecture,
  };
}

/** Signs in over HTTP and gives the cookie header and the outbox token, if any. */
export async function signIn(url: string, login: string, password = PASSWORD) {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  if (!response.ok) throw new Error(`Sign-in of ${login} failed: ${response.status} ${await response.text()}`);
  const cookie = (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const body = (await response.json()) as { outbox?: { token: string } };
  return { cookie, outboxToken: body.outbox?.token };
}
