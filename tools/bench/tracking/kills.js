// kill -9 of API and PostgreSQL in turn while halls play: what was acknowledged must be there, once, and add up.
import { createDataSource, catchUp, foldUnits, recompute } from '#libs/database';
import { setTimeout as pause } from 'node:timers/promises';
import { printFigure } from '../../figure.js';
import { withMortalHouse } from './mortal-house.js';
import { FLUSH_MS, seedSites } from './sites.js';

const HALLS = 40;

/** A hall that sends a span after the other, each until it is acknowledged. */
class Sending {
  acknowledged = new Set();
  answers = new Map();
  isOver = false;

  constructor(hall, url) {
    Object.assign(this, { hall, url });
  }

  async run() {
    for (let seq = 0; !this.isOver; seq += 1) {
      const body = this.hall.nextSpan(seq);
      while (!(await this.send(body))) await pause(50 + Math.random() * 100);
      this.acknowledged.add(seq);
    }
  }

  async send(body) {
    const request = { method: 'POST', headers: this.hall.headers, body };
    const response = await fetch(`${this.url}/api/v1/tracking/batches`, request).catch(() => undefined);
    await response?.arrayBuffer().catch(() => undefined);
    const status = response?.status ?? 'no answer';
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    return status === 200;
  }
}

async function killInTurn(house, kills, total) {
  for (let turn = 0; turn < kills; turn += 1) {
    const before = total();
    while (total() < before + HALLS) await pause(20);
    await (turn % 2 === 0 ? house.killApi() : house.killPostgres());
  }
}

async function ledgerOf(databaseUrl) {
  const database = await createDataSource({ databaseUrl }).initialize();
  try {
    while ((await catchUp(database, 'anybody')) > 0);
    while ((await foldUnits(database, 1000)) > 0);
    const compared = await recompute(database, { write: false, tell: () => undefined });
    const spans = await database.query('SELECT session_id, seq FROM tracking_span');
    const [{ played }] = await database.query('SELECT sum(played_ms)::float8 AS played FROM session_record');
    return { spans, played, compared };
  } finally {
    await database.destroy();
  }
}

async function measure(house, kills) {
  const halls = await seedSites(house.databaseUrl, HALLS);
  const sendings = halls.map((hall) => new Sending(hall, house.url));
  const total = () => sendings.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
  const runs = sendings.map((sending) => sending.run());
  await killInTurn(house, kills, total);
  for (const sending of sendings) sending.isOver = true;
  await Promise.all(runs);

  const { spans, played, compared } = await ledgerOf(house.databaseUrl);
  const there = new Set(spans.map(({ session_id, seq }) => `${session_id} ${seq}`));
  const missing = sendings.flatMap(({ hall, acknowledged }) =>
    [...acknowledged].filter((seq) => !there.has(`${hall.session.id} ${seq}`)),
  );
  const answers = [...new Set(sendings.flatMap((sending) => [...sending.answers.keys()]))].sort().join(', ');
  const reference = `${total()} acknowledged, ${kills} kills -9 of API and PostgreSQL in turn; answers: ${answers}`;
  printFigure('acknowledged spans missing', { value: missing.length, reference, atMost: 0 });
  printFigure('spans too many', { value: spans.length - total(), reference: `${spans.length} in all`, atMost: 0 });
  printFigure('played time that differs from the model', {
    value: Math.abs(played - total() * FLUSH_MS),
    unit: 'ms',
    reference: `${total() * FLUSH_MS} ms`,
    atMost: 0,
  });
  printFigure('numbers that a recompute finds different, or cannot compare', {
    value: compared.reduce((sum, { differing, waiting }) => sum + differing + waiting, 0),
    reference: compared.map(({ kind, checked }) => `${checked} of ${kind}`).join(', '),
    atMost: 0,
  });
}

export const printKills = (kills = 20) => withMortalHouse((house) => measure(house, kills));
