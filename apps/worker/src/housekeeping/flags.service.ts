import {
  alwaysEveryone,
  impossibleRates,
  LONG_DAY_MS,
  longDay,
  sameAudience,
  sameRoster,
  SILENCE_MS,
  silentDevice,
  type Flag,
  type HallRoll,
} from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  hallRolls,
  longDays,
  quietDevices,
  reportsOf,
  sharedAudiences,
  sharedRosters,
  sitesAfter,
  type Spell,
} from './facts.queries.js';

const DAY_MS = 24 * 3_600_000;
/** What arrives later than that is not looked at any more. */
const DAYS_BACK = 30;

/** Looks at the last days of every site for what seems odd, and puts it before people. It changes no number. */
@Injectable()
export class Flags {
  constructor(private readonly database: DataSource) {}

  /** Some sites at a time, so that no statement grows with the country. */
  async run(now: Date, signal: AbortSignal): Promise<void> {
    const db = this.database.manager;
    const from = new Date(now.getTime() - DAYS_BACK * DAY_MS).toISOString().slice(0, 10);
    let siteIds = await sitesAfter(db, null);
    while (siteIds.length > 0) {
      signal.throwIfAborted();
      await keepFlags(db, await flagsOf(db, { siteIds, from }, now.getTime()));
      siteIds = await sitesAfter(db, siteIds.at(-1) ?? null);
    }
  }
}

async function flagsOf(db: EntityManager, spell: Spell, nowMs: number): Promise<Flag[]> {
  const audiences = await sharedAudiences(db, spell);
  const rosters = await sharedRosters(db, spell);
  return [
    ...(await longDays(db, spell, LONG_DAY_MS)).flatMap(longDay),
    ...bySite(await hallRolls(db, spell)).flatMap(alwaysEveryone),
    ...audiences.flatMap(({ one, other }) => sameAudience(one, other)),
    ...rosters.flatMap(({ siteId, otherSiteId, people, since }) => sameRoster(siteId, otherSiteId, people, since)),
    ...(await reportsOf(db, spell)).flatMap(impossibleRates),
    ...(await quietDevices(db, spell, SILENCE_MS)).flatMap((contact) => silentDevice(contact, nowMs)),
  ];
}

const bySite = (rolls: readonly HallRoll[]): HallRoll[][] => [
  ...rolls
    .reduce(
      (sites, roll) => sites.set(roll.siteId, [...(sites.get(roll.siteId) ?? []), roll]),
      new Map<string, HallRoll[]>(),
    )
    .values(),
];

/** One of a kind, a subject and a day. While nobody has decided, its evidence grows; what was decided stays as it was. */
async function keepFlags(db: EntityManager, flags: readonly Flag[]): Promise<void> {
  const rows = new Map(flags.map((flag) => [`${flag.kind} ${flag.subject} ${flag.since}`, { ...flag, id: uuidv7() }]));
  await db.query(
    `INSERT INTO flag (id, kind, site_id, learner_id, device_id, subject, since, evidence, found_at)
     SELECT id, kind, "siteId", "learnerId", "deviceId", subject, since, evidence, now()
     FROM json_to_recordset($1) AS found (id uuid, kind text, "siteId" uuid, "learnerId" uuid, "deviceId" uuid,
       subject text, since date, evidence jsonb)
     ON CONFLICT (kind, subject, since) DO UPDATE SET evidence = excluded.evidence WHERE flag.state = 'open'`,
    [JSON.stringify([...rows.values()])],
  );
}
