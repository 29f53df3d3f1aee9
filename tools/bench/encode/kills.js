// What a crash takes: a worker that is killed at random moments of a lecture and started again at once.
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { signIn } from '../../api-client.js';
import { printFigure } from '../../figure.js';
import { endProcess, waitUntil } from '../../processes.js';
import { withScratchHouse } from '../../scratch-house.js';
import { createLecture, uploadLecture } from '../../upload.js';

const KILLS = 20;
/** The moment of a kill is chosen within this time after any job has begun; a chunk of a minute takes longer on the machines we know. */
const LONGEST_MS = 8_000;
/** A killed worker's jobs are taken over after half a minute, and looked for once a minute. */
const LIMIT_MS = 15 * 60_000;

class Rows {
  constructor(databaseUrl) {
    this.db = new pg.Client({ connectionString: databaseUrl });
  }

  async one(sql) {
    return (await this.db.query(sql)).rows[0];
  }

  /** A job that lives: it was begun since the last kill. */
  isBusy(since) {
    return this.one(`SELECT id FROM job WHERE state = 'running' AND started_at > '${since}' LIMIT 1`);
  }

  /** How many chunks a killed worker had under way. */
  async chunksCutOff(since) {
    const sql = `SELECT count(*)::int AS count FROM job WHERE kind = 'chunk' AND state = 'running' AND started_at > '${since}'`;
    return (await this.one(sql)).count;
  }

  async now() {
    return (await this.one('SELECT clock_timestamp()::text AS now')).now;
  }

  async areAllOver() {
    return !(await this.one(`SELECT id FROM edition WHERE state = 'encoding' LIMIT 1`));
  }
}

async function killAgainAndAgain(house, rows, addLecture) {
  let worker = house.startWorker();
  let most = 0;
  for (let kills = 0; kills < KILLS; kills++) {
    const since = await rows.now();
    if (await rows.areAllOver()) await addLecture();
    const busy = async () => (await rows.isBusy(since)) ?? ((await rows.areAllOver()) && 'over');
    if ((await waitUntil('a job under way', busy, LIMIT_MS, 100)) === 'over') {
      kills -= 1;
      continue;
    }
    await pause(Math.random() * LONGEST_MS);
    await endProcess(worker.pid, { signal: 'SIGKILL' });
    most = Math.max(most, await rows.chunksCutOff(since));
    worker = house.startWorker();
  }
  await waitUntil('the last lecture', () => rows.areAllOver(), LIMIT_MS, 500);
  return most;
}

/** Prints the figures of one lecture. */
export async function printKills({ source, name }) {
  await withScratchHouse(['api'], async (house) => {
    const api = await signIn(house.url, 'admin', house.adminPassword);
    const rows = new Rows(house.databaseUrl);
    await rows.db.connect();
    const addLecture = async () =>
      uploadLecture(api, { lectureId: await createLecture(api, { title: name }), path: source });
    try {
      await printFigures(rows, name, await killAgainAndAgain(house, rows, addLecture));
    } finally {
      await rows.db.end();
    }
  });
}

async function printFigures(rows, name, most) {
  const { lectures, lost } = await rows.one(
    `SELECT count(*)::int AS lectures, (count(*) FILTER (WHERE state <> 'ready'))::int AS lost FROM edition`,
  );
  const { chunks, redone, others } = await rows.one(
    `SELECT (count(*) FILTER (WHERE kind = 'chunk'))::int AS chunks,
            (sum(attempts - 1) FILTER (WHERE kind = 'chunk'))::int AS redone,
            (sum(attempts - 1) FILTER (WHERE kind <> 'chunk'))::int AS others FROM job`,
  );
  printFigure(`${name}: the most chunks that one kill -9 of a worker has cut off`, {
    value: most,
    reference: `${redone} of ${chunks} chunks again and ${others} other jobs, ${KILLS} kills, ${lectures} lectures`,
    atMost: 1,
  });
  printFigure(`${name}: lectures lost by kill -9`, { value: lost, reference: `${lectures} lectures`, atMost: 0 });
}
