import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signIn } from '../tools/api-client.js';
import { freePort } from '../tools/postgres.js';
import { spawnBound } from '../tools/processes.js';
import { eventually } from './support/eventually.js';

const SEEDED_WITHIN_MS = 400_000;
const STARTED_WITHIN_MS = 120_000;

/** One `npm start`, with all that it has said so far. */
class Start {
  output = '';
  private readonly child: ChildProcess;

  constructor(dataDir: string, port: number) {
    const { PATH, HOME, TMPDIR } = process.env;
    this.child = spawnBound(process.execPath, ['tools/start.js'], {
      env: { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), DATA_DIR: dataDir, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  async ready(withinMs: number): Promise<void> {
    await eventually('the last line', () => Promise.resolve(this.isReadyOrEnded() || undefined), withinMs);
    if (this.child.exitCode !== null) throw new Error(this.output);
  }

  /** Its exit code. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    return this.child.exitCode;
  }

  terminate(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.ended();
  }

  private isReadyOrEnded(): boolean {
    return this.output.includes('Ctrl-C stops everything') || this.child.exitCode !== null;
  }
}

/** The processes that work for the house of this folder: it is where they are, or stands in how they were started. */
async function processesOf(dataDir: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const ours = await Promise.all(
    pids.map(async (pid) => {
      const texts = [
        readlink(`/proc/${pid}/cwd`),
        ...['cmdline', 'environ'].map((name) => textOf(`/proc/${pid}/${name}`)),
      ];
      const told = await Promise.all(texts.map((text) => text.catch(() => '')));
      return told.some((text) => text.includes(dataDir)) ? [Number(pid)] : [];
    }),
  );
  return ours.flat();
}

const textOf = (path: string) => readFile(path, 'utf8');

describe('npm start', () => {
  let folder: string;
  let dataDir: string;
  let port: number;
  let house: Start;
  let courses: Awaited<ReturnType<typeof listCourses>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-start-'));
    dataDir = join(folder, 'data');
    port = await freePort();
    house = new Start(dataDir, port);
    await house.ready(SEEDED_WITHIN_MS);
  }, SEEDED_WITHIN_MS);
  afterAll(async () => {
    await house.terminate();
    await rm(folder, { recursive: true, force: true });
  });

  const ledger = () => textOf(join(dataDir, 'running.json'));
  const processIds = async () => {
    const { launcher, apps } = JSON.parse(await ledger()) as { launcher: number; apps: number[] };
    const [postgres] = (await textOf(join(dataDir, 'postgres/cluster/postmaster.pid'))).split('\n');
    return [launcher, ...apps, Number(postgres)];
  };
  const listCourses = async () => {
    const password = /^ {2}admin +(\S+)$/m.exec(house.output)?.[1] ?? '';
    const all = await (await signIn(`http://localhost:${port}`, 'admin', password)).list('/courses');
    return (all as { id: string; title: string }[]).map(({ id, title }) => ({ id, title }));
  };

  it('says where the house is and how to sign in', () => {
    expect(house.output).toContain(`Lectern is ready at http://localhost:${port}`);
    for (const who of ['admin', 'librarian', 'operator', 'learner', 'a device']) {
      expect(house.output).toMatch(new RegExp(`^  ${who} +\\S`, 'm'));
    }
  });

  it('keeps its data where only its owner may enter', async () => {
    for (const path of [folder, dataDir]) expect((await stat(path)).mode & 0o777).toBe(0o700);
  });

  it('serves the courses of the demo', async () => {
    courses = await listCourses();
    expect(courses).toContainEqual(expect.objectContaining({ title: 'Distance Education Engineering' }));
  });

  it('gives the worker neither the key of the right to play nor a password', async () => {
    const environmentOf = (pid: number) => textOf(`/proc/${pid}/environ`);
    const [, api = 0, worker = 0] = await processIds();
    expect(await environmentOf(api)).toContain('PLAY_SIGNING_KEY=');
    expect(await environmentOf(worker)).toContain('DATABASE_URL=');
    expect(await environmentOf(worker)).not.toMatch(/PLAY_SIGNING_KEY|BUNDLE_KEY|ADMIN_PASSWORD/);
  });

  it('is refused a second time on the same data in one sentence, and the first goes on', async () => {
    const before = { ledger: await ledger(), pids: await processIds() };
    const second = new Start(dataDir, await freePort());
    expect(await second.ended()).toBe(1);
    const [launcher = 0] = before.pids;
    expect(second.output.trim()).toBe(`Lectern is already running with the data in ${dataDir} (process ${launcher}).`);
    expect({ ledger: await ledger(), pids: await processIds() }).toEqual(before);
    expect(await listCourses()).toEqual(courses);
  });

  it('leaves no process behind when it is told to end', async () => {
    const pids = await processIds();
    expect(await processesOf(dataDir)).toEqual(expect.arrayContaining(pids));
    expect(await house.terminate()).toBe(0);
    expect(await processesOf(dataDir)).toEqual([]);
  });

  it(
    'finds the same courses the next time',
    async () => {
      house = new Start(dataDir, port);
      await house.ready(STARTED_WITHIN_MS);
      expect(await listCourses()).toEqual(courses);
    },
    STARTED_WITHIN_MS,
  );
});
