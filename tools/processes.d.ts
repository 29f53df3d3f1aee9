import type { ChildProcess, SpawnOptions } from 'node:child_process';

export interface BoundOptions extends SpawnOptions {
  /** Sent to the program when its parent dies; `TERM` unless told. */
  readonly deathSignal?: string;
}
export function isAlive(pid: number): boolean;
export function spawnBound(command: string, args: readonly string[], options?: BoundOptions): ChildProcess;
