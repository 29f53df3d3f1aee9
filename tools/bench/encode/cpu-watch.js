// What work costs, by the kernel's account.
import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** CPU seconds of this process and of those it has started that have ended (proc_pid_stat(5)). */
function cpuSeconds() {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ').map(Number);
  return (fields[11] + fields[12] + fields[13] + fields[14]) / TICKS_PER_SECOND;
}

/**
 * Does a piece of work.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<[result: T, cpuSeconds: number]>} what it gave, and what it cost
 */
export async function watched(work) {
  const before = cpuSeconds();
  const result = await work();
  return [result, cpuSeconds() - before];
}
