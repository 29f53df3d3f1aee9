// Programs that are measured.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Runs a program and gives what it printed, the CPU seconds of it and all its children, and the seconds on the wall
 * (bash's `time`).
 */
export async function measuredRun(command, args, env = {}) {
  const script = 'TIMEFORMAT="cpu %U %S wall %R"; time "$@"';
  const { stdout, stderr } = await execute('bash', ['-c', script, 'timed', command, ...args], {
    env: { ...process.env, ...env },
    maxBuffer: 16 * 1024 ** 2,
  });
  const [, user, system, wall] = /cpu ([\d.]+) ([\d.]+) wall ([\d.]+)/.exec(stderr);
  return { stdout, cpuSeconds: Number(user) + Number(system), wallSeconds: Number(wall) };
}
