// Whether twice the workers do twice the work: one lecture through one worker on one core, and through two on one each.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { signIn } from '../../api-client.js';
import { printFigure } from '../../figure.js';
import { withScratchHouse } from '../../scratch-house.js';
import { createLecture, uploadLecture, waitUntilReady } from '../../upload.js';

const execute = promisify(execFile);

/** The worker with all its threads, and what it starts from now on. */
const pin = ({ pid }, core) => execute('taskset', ['-acp', String(core), String(pid)]);

/** Seconds from the first job's start to the last one's end, by the clock of the database. */
async function secondsOfJobs(databaseUrl) {
  const db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  try {
    const { rows } = await db.query(
      'SELECT extract(epoch FROM max(finished_at) - min(started_at)) AS seconds FROM job',
    );
    return Number(rows[0].seconds);
  } finally {
    await db.end();
  }
}

const secondsWith = (workers, { source, name }) =>
  withScratchHouse(['api'], async (house) => {
    for (let core = 0; core < workers; core++) await pin(house.startWorker(), core);
    const api = await signIn(house.url, 'admin', house.adminPassword);
    const lectureId = await createLecture(api, { title: name });
    await uploadLecture(api, { lectureId, path: source });
    await waitUntilReady(api, lectureId);
    return secondsOfJobs(house.databaseUrl);
  });

/** Prints the figure of one lecture. */
export async function printWorkers(lecture) {
  const one = await secondsWith(1, lecture);
  const two = await secondsWith(2, lecture);
  printFigure(`${lecture.name}: throughput of two workers on one core each over one`, {
    value: one / two,
    unit: '×',
    reference: `${two.toFixed(1)} s against ${one.toFixed(1)} s`,
    atLeast: 1.85,
  });
}
