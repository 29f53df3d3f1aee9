import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What one run may use before the kernel ends it. */
export interface Limits {
  readonly cpuSeconds: number;
  /** Address space, shared libraries and buffers included. */
  readonly memoryBytes: number;
  /** Of any one file it writes. */
  readonly fileBytes: number;
}

/** The places a run may touch, on this machine. */
export interface Reach {
  /** Absolute path of the one file it may read. */
  readonly source: string;
  /** Absolute path of the one folder it may write to. */
  readonly folder?: string | undefined;
}

/** Which of the walls around ffmpeg stand on this machine. */
export interface Protections {
  /** Bubblewrap: no network, nothing of the file system but the programs and the one source. */
  readonly isolation: boolean;
  /** prlimit: CPU time, memory, file size. */
  readonly limits: boolean;
  /** setpriv: ffmpeg dies with its worker, even a killed one. */
  readonly tether: boolean;
}

export interface Confined {
  readonly command: string;
  readonly args: readonly string[];
  /** The same places as the confined program sees them. */
  readonly source: string;
  readonly folder: string;
}

const inside = { source: '/in/source', folder: '/out' } as const;

/** Wraps a program in every protection that this machine has; arguments stay an array all the way. */
export function confine(
  program: string,
  args: (places: { source: string; folder: string }) => readonly string[],
  reach: Reach,
  limits: Limits,
  protections: Protections,
): Confined {
  const places = protections.isolation ? inside : { source: reach.source, folder: reach.folder ?? '/nonexistent' };
  const words = [
    ...(protections.tether ? ['setpriv', '--pdeathsig', 'KILL', '--'] : []),
    ...(protections.limits ? prlimit(limits) : []),
    ...(protections.isolation ? bubblewrap(reach) : []),
    program,
    ...args(places),
  ];
  const [command = program, ...rest] = words;
  return { command, args: rest, ...places };
}

const prlimit = ({ cpuSeconds, memoryBytes, fileBytes }: Limits): string[] => [
  'prlimit',
  `--cpu=${Math.ceil(cpuSeconds)}`,
  `--as=${memoryBytes}`,
  `--fsize=${fileBytes}`,
  '--core=0',
  '--',
];

const bubblewrap = ({ source, folder }: Reach): string[] => [
  ...['bwrap', '--unshare-all', '--die-with-parent', '--cap-drop', 'ALL', '--clearenv', '--setenv', 'PATH', '/usr/bin'],
  ...['--ro-bind', '/usr', '/usr', '--symlink', 'usr/bin', '/bin', '--symlink', 'usr/lib', '/lib'],
  ...['--symlink', 'usr/lib64', '/lib64', '--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
  // Debian's BLAS, which ffmpeg's filters link, is reached through here.
  ...['--ro-bind-try', '/etc/alternatives', '/etc/alternatives'],
  ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--chdir', '/tmp'],
  ...['--ro-bind', source, inside.source],
  ...(folder ? ['--bind', folder, inside.folder] : []),
  '--',
];

const run = promisify(execFile);
const trial: Limits = { cpuSeconds: 10, memoryBytes: 2 * 1024 ** 3, fileBytes: 1024 ** 2 };

/** Asks the running kernel, not the package list: inside a container bubblewrap may be there and still be refused. */
export async function detectProtections(): Promise<Protections> {
  const stands = async (wanted: Partial<Protections>): Promise<boolean> => {
    const protections = { isolation: false, limits: false, tether: false, ...wanted };
    const { command, args } = confine('true', () => [], { source: '/usr/bin/true' }, trial, protections);
    return run(command, [...args], { timeout: 10_000 }).then(
      () => true,
      () => false,
    );
  };
  const [isolation, limits, tether] = await Promise.all([
    stands({ isolation: true }),
    stands({ limits: true }),
    stands({ tether: true }),
  ]);
  return { isolation, limits, tether };
}

/** Looks at the walls from inside: what a confined program sees of this machine. For `/health`. */
export async function sandboxSelfTest(): Promise<{ active: Protections; missing: (keyof Protections)[] }> {
  const detected = await detectProtections();
  const active = { ...detected, isolation: detected.isolation && (await isEmptyInside(detected)) };
  const names = ['isolation', 'limits', 'tether'] as const;
  return { active, missing: names.filter((name) => !active[name]) };
}

/** True when this machine's /etc/passwd is out of reach and no network device but the loopback is there. */
async function isEmptyInside(protections: Protections): Promise<boolean> {
  await access('/etc/passwd', constants.R_OK);
  const look = 'test ! -e /etc/passwd && test "$(grep -c : /proc/net/dev)" -le 1';
  const { command, args } = confine('sh', () => ['-c', look], { source: '/usr/bin/true' }, trial, protections);
  return run(command, [...args], { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}
