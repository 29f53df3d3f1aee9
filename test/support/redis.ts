import { Redis } from 'ioredis';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../tools/postgres.js';
import { eventually } from './eventually.js';

/** A Redis of its own on a free port unless told, which keeps nothing. */
export async function startRedis(onPort?: number): Promise<TestRedis> {
  const port = String(onPort ?? (await freePort()));
  const dir = await mkdtemp(join(tmpdir(), 'lectern-redis-'));
  const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', dir];
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  await eventually('Redis', () => answers(url));
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const gone = once(server, 'exit');
    server.kill(signal);
    await gone;
    await rm(dir, { recursive: true, force: true });
  };
  return { url, port: Number(port), stop };
}

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

async function answers(url: string): Promise<true | undefined> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return undefined;
  } finally {
    client.disconnect();
  }
}
