// Sites whose halls all play at once, as the house and its players know them.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';

const LENGTH_MS = 3_600_000;
export const FLUSH_MS = 10_000;
export const BATCH_SPANS = 500;
const SPAN_MS = 7000;

/** What a player in a village has gathered: a jump after each look. */
export const spansOf = (clockMs) =>
  Array.from({ length: BATCH_SPANS }, (_, seq) => {
    const clockFromMs = clockMs + seq * (SPAN_MS + 500);
    const fromMs = (seq * 7919 * 37) % (LENGTH_MS - SPAN_MS);
    return { seq, fromMs, toMs: fromMs + SPAN_MS, rate: 1, clockFromMs, clockToMs: clockFromMs + SPAN_MS };
  });

/** Writes `count` sites, each with a device, and one edition; gives one playing hall a site. */
export async function seedSites(databaseUrl, count) {
  const db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  try {
    const place = await seedEdition(db);
    const halls = [];
    while (halls.length < count) halls.push(await seedHall(db, place));
    return halls;
  } finally {
    await db.end();
  }
}

export async function seedEdition(db) {
  const [unit, course, lecture, edition] = Array.from({ length: 4 }, () => uuidv7());
  await db.query(`INSERT INTO unit (id, name, kind) VALUES ($1, 'Bench', 'village')`, [unit]);
  await db.query(`INSERT INTO course (id, unit_id, title) VALUES ($1, $2, 'Bench')`, [course, unit]);
  await db.query(`INSERT INTO lecture (id, course_id, position, title) VALUES ($1, $2, 0, 'Bench')`, [lecture, course]);
  await db.query(
    `INSERT INTO edition (id, lecture_id, number, source_name, source_bytes, source_sha256, state, live, duration_ms)
     VALUES ($1, $2, 1, 'bench.mp4', 1, '', 'ready', true, $3)`,
    [edition, lecture, LENGTH_MS],
  );
  return { unitId: unit, courseId: course, editionId: edition };
}

async function seedHall(db, { unitId, editionId }) {
  const [siteId, deviceId, credential] = [uuidv7(), uuidv7(), randomBytes(32).toString('base64url')];
  const secretHash = createHash('sha256').update(credential).digest('hex');
  await db.query(`INSERT INTO site (id, unit_id, name) VALUES ($1, $2, 'Bench')`, [siteId, unitId]);
  await db.query(`INSERT INTO device (id, site_id, name, secret_hash) VALUES ($1, $2, 'Bench', $3)`, [
    deviceId,
    siteId,
    secretHash,
  ]);
  const learnerId = uuidv7();
  await db.query(`INSERT INTO learner (id, name, code) VALUES ($1, 'Bench', $2)`, [learnerId, siteId]);
  await db.query(`INSERT INTO roster_entry (site_id, learner_id, from_date) VALUES ($1, $2, '2020-01-01')`, [
    siteId,
    learnerId,
  ]);
  return new Hall({ siteId, editionId, deviceId, learnerId, credential });
}

/** Plays an edition from end to end, again and again: a batch every 10 s, with the one span that has grown. */
export class Hall {
  constructor({ siteId, editionId, deviceId, learnerId, credential }) {
    Object.assign(this, { siteId, editionId, deviceId, learnerId, bootId: randomUUID(), clockMs: 0 });
    /** All that another process needs to be this hall. */
    this.known = { siteId, editionId, deviceId, learnerId, credential };
    this.headers = { 'content-type': 'application/json', authorization: `Device ${credential}` };
    this.open();
  }

  open() {
    this.session = {
      id: uuidv7(),
      editionId: this.editionId,
      kind: 'hall',
      siteId: this.siteId,
      startedAt: new Date().toISOString(),
      clockAtStartMs: this.clockMs,
    };
  }

  nextBatch() {
    if (this.clockMs - this.session.clockAtStartMs >= LENGTH_MS) this.open();
    this.clockMs += FLUSH_MS;
    const { clockAtStartMs } = this.session;
    const span = { seq: 0, fromMs: 0, toMs: this.clockMs - clockAtStartMs, rate: 1, clockFromMs: clockAtStartMs };
    return this.batch([{ ...span, clockToMs: this.clockMs }]);
  }

  /** The next span of the one session, which plays round and round. */
  nextSpan(seq) {
    const [clockFromMs, fromMs] = [seq * FLUSH_MS, (seq * FLUSH_MS) % LENGTH_MS];
    this.clockMs = clockFromMs + FLUSH_MS;
    return this.batch([{ seq, fromMs, toMs: fromMs + FLUSH_MS, rate: 1, clockFromMs, clockToMs: this.clockMs }]);
  }

  /** A session that nobody has heard of, with all its spans. */
  nextBigBatch() {
    this.open();
    const spans = spansOf(this.clockMs);
    this.clockMs = spans.at(-1).clockToMs;
    return this.batch(spans);
  }

  batch(spans) {
    return JSON.stringify({
      id: uuidv7(),
      deviceId: this.deviceId,
      bootId: this.bootId,
      sentAt: new Date().toISOString(),
      sentClockMs: this.clockMs,
      anchors: [],
      sessions: [{ ...this.session, spans }],
    });
  }
}
