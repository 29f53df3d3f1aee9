// Gets what a fresh clone lacks: npm packages, and programs through apt. Imports nothing that has to be installed first.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { spawnBound } from './processes.js';
import { Refusal, step } from './progress.js';

export const root = join(import.meta.dirname, '..');

const program = (name, debianPackage = name) => ({ debianPackage, isThere: () => isOnPath(name) });
const file = (path, debianPackage) => ({ debianPackage, isThere: () => existsSync(path) });
/** A file whose folder is named after the machine, such as /usr/lib/x86_64-linux-gnu. */
const library = (path, debianPackage) => ({ debianPackage, isThere: () => libraryFolders().some(holds(path)) });

export const forEncoding = [program('ffmpeg'), program('bwrap', 'bubblewrap')];
export const forTests = [
  ...forEncoding,
  program('chromium'),
  program('redis-server'),
  program('nginx'),
  program('nbdkit'),
  program('nbdfuse', 'libnbd-bin'),
  file('/usr/lib/nginx/modules/ngx_http_js_module.so', 'libnginx-mod-http-js'),
  file('/usr/lib/python3/dist-packages/tusclient', 'python3-tuspy'),
  file('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', 'fonts-noto-cjk'),
  program('gst-launch-1.0', 'gstreamer1.0-tools'),
  library('gstreamer-1.0/libgstadaptivedemux2.so', 'gstreamer1.0-plugins-good'),
  library('gstreamer-1.0/libgsthls.so', 'gstreamer1.0-plugins-bad'),
  library('gstreamer-1.0/libgstlibav.so', 'gstreamer1.0-libav'),
  program('cvlc', 'vlc-bin'),
  library('vlc/plugins/demux/libadaptive_plugin.so', 'vlc-plugin-base'),
];

/** Runs a program to its end, its output on the terminal; it ends with us. @throws {Refusal} when it fails. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawnBound(command, args, { cwd: root, stdio: 'inherit', detached: false, ...options });
    child.once('error', reject);
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Refusal(`${command} ${args.join(' ')} ended with ${signal ?? code}.`)),
    );
  });
}

/** Installs npm packages when there are none, or older ones than package-lock.json names. */
export async function installPackages() {
  const installed = modifiedAt(join(root, 'node_modules/.package-lock.json'));
  if (installed >= modifiedAt(join(root, 'package-lock.json'))) return;
  await step('Installing npm packages', () =>
    run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']),
  );
}

/** Installs missing programs. @throws {Refusal} with the one command to type where we may not. */
export async function installPrograms(wanted) {
  const missing = wanted.filter(({ isThere }) => !isThere()).map(({ debianPackage }) => debianPackage);
  if (missing.length === 0) return;
  if (process.getuid() !== 0 || !existsSync('/etc/debian_version')) throw new Refusal(askFor(missing));
  await step(`Installing ${missing.join(', ')} with apt`, () => installWithApt(missing));
}

async function installWithApt(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-qy', '--no-install-recommends', ...packages], { env });
}

function askFor(packages) {
  const command = `sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}'`;
  return `Lectern needs ${packages.join(', ')}. Please type this, then start again:\n\n  ${command}`;
}

const holds = (path) => (folder) => existsSync(join('/usr/lib', folder, path));

function libraryFolders() {
  return readdirSync('/usr/lib').filter((name) => name.endsWith('-linux-gnu'));
}

function isOnPath(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return folders.some((folder) => existsSync(join(folder, name)));
}

function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
