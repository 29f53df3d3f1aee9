import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import fluent from 'fluent-ffmpeg';
import { DomainError } from '#libs/domain';
import { encodeFailure, probeFailure, type Ending } from './failure.js';
import { usualPatience, type Patience } from './patience.js';
import { confine, detectProtections, type Confined, type Limits, type Protections, type Reach } from './sandbox.js';
import { inputWhitelists } from './whitelists.js';

/** What ffmpeg shall do with the one source, as data. Every value in it comes from an enum or a number. */
export interface Plan {
  readonly inputOptions: readonly string[];
  readonly filters?: string;
  readonly outputs: readonly { readonly options: readonly string[]; readonly file: string }[];
}

export interface Run extends Reach {
  readonly limits: Limits;
  /** For how long it may work without a sign of it, besides what is usual, ms. */
  readonly quietMs?: number | undefined;
  /** Aborting ends the run, the whole process group, within 5 s. */
  readonly signal?: AbortSignal | undefined;
}

export interface EncodeRun extends Run {
  readonly folder: string;
  /** Milliseconds of the edition that are written. */
  readonly onProgress?: ((encodedMs: number) => void) | undefined;
}

const maxLogChars = 16_384;

/**
 * The one place that starts ffmpeg and ffprobe, always confined.
 *
 * fluent-ffmpeg turns a plan into arguments; it is not let near the process, since it can start none in a group of its
 * own and so could not end bubblewrap's children (ADR 0007).
 */
export class Ffmpeg {
  private constructor(
    readonly protections: Protections,
    private readonly patience: Patience,
  ) {}

  /** @param protections left out: those that this machine has. */
  static async start(protections?: Protections, patience: Patience = usualPatience): Promise<Ffmpeg> {
    return new Ffmpeg(protections ?? (await detectProtections()), patience);
  }

  /** Runs a plan to its end and gives the CPU milliseconds it took. @throws {DomainError} `encode-*`, `storage-full` */
  encode(plan: (folder: string) => Plan, run: EncodeRun): Promise<number> {
    return this.run(plan, run, (line) => {
      if (line.startsWith('out_time_us=')) run.onProgress?.(Math.max(0, Number(line.slice(12)) / 1000) || 0);
    });
  }

  /** Runs a plan that writes no file, hands on what it prints, and gives the CPU milliseconds. @throws as `encode` */
  measure(plan: Plan, run: Run, onLine: (line: string) => void): Promise<number> {
    return this.run(() => plan, run, onLine);
  }

  private async run(plan: (folder: string) => Plan, run: Run, onLine: (line: string) => void): Promise<number> {
    const confined = this.confine('ffmpeg', ({ source, folder }) => argumentsOf(source, plan(folder)), run);
    let seen = '';
    const { ending } = await supervise(confined, this.supervision(run), (line, alive) => {
      onLine(line);
      if (/^(frame|out_time_us|total_size)=[1-9]/.test(line) && !seen.includes(line)) {
        seen = `${seen.slice(-200)}\n${line}`;
        alive();
      }
      return true;
    });
    if (ending.code !== 0) throw encodeFailure({ ...ending, log: onlyErrors(ending.log) });
    return cpuMsOf(ending.log);
  }

  /**
   * Runs ffprobe and hands on its lines; a handler that answers `false` has seen enough.
   *
   * @throws {DomainError} `source-*`
   */
  async probe(options: readonly string[], run: Run, onLine: (line: string) => boolean): Promise<void> {
    // Told where to write, ffprobe writes by the buffer; else by the line, which is most of the time it takes.
    const args = ({ source }: { source: string }): string[] => [
      ...['-v', 'error', '-hide_banner', '-o', 'pipe:1', ...inputWhitelists, ...options, `file:${source}`],
    ];
    const confined = this.confine('ffprobe', args, run);
    const { ending, enough } = await supervise(confined, this.supervision(run), (line, alive) => {
      alive();
      return onLine(line);
    });
    if (ending.code !== 0 && !enough) throw probeFailure(ending);
  }

  private supervision({ signal, quietMs = 0 }: Run): Supervision {
    const { stallMs, graceMs } = this.patience;
    return { signal, stallMs: stallMs + quietMs, graceMs };
  }

  private confine(program: string, args: Parameters<typeof confine>[1], run: Run): Confined {
    return confine(program, args, run, run.limits, this.protections);
  }
}

function argumentsOf(source: string, { inputOptions, filters, outputs }: Plan): string[] {
  // Spread, not as an array: fluent-ffmpeg splits an array's words at a single space.
  const command = fluent(`file:${source}`).inputOptions(...inputWhitelists, ...inputOptions);
  if (filters) command.complexFilter(filters);
  for (const { options, file } of outputs) command.output(file).outputOptions(...options);
  const quiet = ['-hide_banner', '-nostdin', '-nostats', '-v', 'level+info', '-benchmark', '-progress', 'pipe:1'];
  return [...quiet, ...command._getArguments()];
}

interface Supervision extends Patience {
  readonly signal: AbortSignal | undefined;
}

/** Answers `false` when it has seen enough; the run is ended then. */
type OnLine = (line: string, alive: () => void) => boolean;

/** Starts a confined program in a process group of its own and sees that it ends, one way or another. */
async function supervise(
  { command, args }: Confined,
  { signal, stallMs, graceMs }: Supervision,
  onLine: OnLine,
): Promise<{ ending: Ending; enough: boolean }> {
  signal?.throwIfAborted();
  const child = startGroup(command, args);
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const state: { stalled: boolean; enough: boolean; log: string; broken?: Error } = {
    stalled: false,
    enough: false,
    log: '',
  };
  const stop = (): void => endGroup(child, graceMs);
  const watchdog = setTimeout(() => {
    state.stalled = true;
    stop();
  }, stallMs);

  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    state.log = (state.log + text).slice(-maxLogChars);
  });
  createInterface(child.stdout).on('line', (line) => {
    if (state.enough || heed(state, () => onLine(line, () => watchdog.refresh()))) return;
    state.enough = true;
    stop();
  });
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const [code, killedBy] = await closed;
    signal?.throwIfAborted();
    if (state.broken) throw state.broken;
    if (state.stalled)
      throw new DomainError('encode-stalled', `There was no progress for ${Math.round(stallMs / 1000)} s.`);
    return { ending: { code, signal: killedBy, log: state.log }, enough: state.enough };
  } finally {
    clearTimeout(watchdog);
    signal?.removeEventListener('abort', stop);
  }
}

/** Starts a program in a process group of its own, with next to no environment. */
const startGroup = (command: string, args: readonly string[]) =>
  spawn(command, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
  });

/** Whether to go on; an error in what reads the lines ends the run, not the process. */
function heed(state: { broken?: Error }, read: () => boolean): boolean {
  try {
    return read();
  } catch (error) {
    state.broken = error instanceof Error ? error : new Error(String(error));
    return false;
  }
}

/** SIGTERM to the whole group, SIGKILL to what is left of it a little later. */
function endGroup(child: ChildProcess, graceMs: number): void {
  signalGroup(child, 'SIGTERM');
  const kill = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  child.once('close', () => clearTimeout(kill));
}

function signalGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // The group has ended by itself.
  }
}

const onlyErrors = (log: string): string =>
  log
    .split('\n')
    .filter((line) => /\[(error|fatal|panic)\]/.test(line))
    .map((line) => line.replace(/\[(error|fatal|panic)\] /, ''))
    .slice(-6)
    .join('\n');

/** ffmpeg's own account of itself (getrusage), threads included. */
function cpuMsOf(log: string): number {
  const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(log) ?? [];
  return Math.round((Number(user ?? 0) + Number(system ?? 0)) * 1000);
}
