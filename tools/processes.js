// Starting and ending processes so that none outlives the one that started it.
import { spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Asks until `done` answers truthy and returns that. @throws {Error} naming `what` after `timeoutMs`. */
export async function waitUntil(what, done, timeoutMs, intervalMs = 25) {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await pause(intervalMs)) {
    const answer = await done();
    if (answer) return answer;
  }
  throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
}

export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The folder a process works in, or undefined when it is gone or not ours to look at. */
export function workingFolder(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/**
 * Starts a program in a session of its own, so that Ctrl-C in the terminal reaches only its parent; the kernel sends it
 * `deathSignal` when the parent dies of anything, even SIGKILL.
 */
export function spawnBound(command, args, { deathSignal = 'TERM', privileges = [], ...options } = {}) {
  const wrapper = ['--pdeathsig', deathSignal, ...privileges, '--', command, ...args];
  return spawn('setpriv', wrapper, { detached: true, ...options });
}

/** Asks a process to end and kills it when it has not within `graceMs`. */
export async function endProcess(pid, { signal = 'SIGTERM', graceMs = 15_000 } = {}) {
  const gone = () => !isAlive(pid);
  if (gone()) return;
  process.kill(pid, signal);
  await waitUntil(`process ${pid} to end`, gone, graceMs).catch(() => !gone() && process.kill(pid, 'SIGKILL'));
}
