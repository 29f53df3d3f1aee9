// `npm test`: all of CI. Installs what is missing, runs every check and goes on after a failure, so that all are seen;
// the last line counts. Needs nothing from outside the clone but npm and apt.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forTests, installPackages, installPrograms, root, run } from './install.js';
import { explain, say, secondsSinceStart, step } from './progress.js';

const scratch = mkdtempSync(join(tmpdir(), 'lectern-test-'));
const env = testEnvironment();
const bin = (name) => join(root, 'node_modules/.bin', name);

/** Two lanes, side by side, of about the same length. Each check counts as one test. */
const lanes = [
  [
    ['Lint', bin('eslint'), ['.']],
    ['Who may import whom', bin('depcruise'), ['apps', 'libs', 'test', 'tools']],
  ],
  [
    ['Types of API, worker and libraries', bin('tsc'), ['--noEmit']],
    ['Types of the player', bin('tsc'), ['--noEmit', '-p', 'apps/player']],
    ['Types of the console', bin('tsc'), ['--noEmit', '-p', 'apps/console']],
    ['Format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
    ['Build', process.execPath, [join(import.meta.dirname, 'build.js')]],
    ['The committed OpenAPI document is current', process.execPath, [join(import.meta.dirname, 'openapi.js')]],
  ],
];

const jestProjects = ['unit', 'player', 'console', 'integration', 'stories'];

async function test() {
  process.chdir(root);
  await installPackages();
  await installPrograms(forTests);
  const outcomes = (await Promise.all(lanes.map(runLane))).flat();
  for (const project of jestProjects) outcomes.push(await runJest(project));
  report(outcomes);
}

async function runLane(checks) {
  const outcomes = [];
  for (const [name, command, args] of checks) {
    const passed = await succeeds(() => step(name, () => run(command, args, { env })));
    outcomes.push({ name, passed: passed ? 1 : 0, failed: passed ? 0 : 1 });
  }
  return outcomes;
}

async function runJest(project) {
  heading(`Tests: ${project}`);
  const results = join(scratch, `${project}.json`);
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  // Two at once, whatever the machine: while one waits for a picture, the other encodes.
  const options = ['--ci', '--selectProjects', project, '--json', `--outputFile=${results}`, '--maxWorkers=2'];
  const jest = [...node, 'node_modules/jest/bin/jest.js', ...options];
  const succeeded = await succeeds(() => run(process.execPath, jest, { env }));
  return { name: `Tests: ${project}`, ...countJest(results, succeeded) };
}

/** A skipped test has not passed; a run that failed without a failed test (a broken file, none found) counts as one. */
function countJest(path, succeeded) {
  const result = readResult(path);
  const failed = result.numFailedTests + result.numPendingTests + result.numRuntimeErrorTestSuites;
  return { passed: result.numPassedTests, failed: succeeded ? failed : Math.max(failed, 1) };
}

function readResult(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 1 };
  }
}

function report(outcomes) {
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  heading(`All checks, ${secondsSinceStart()}`);
  for (const { name, passed, failed } of outcomes)
    say(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed`);
  say(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

async function succeeds(work) {
  try {
    await work();
    return true;
  } catch (error) {
    say(`✗ ${error.message}`);
    return false;
  }
}

function heading(text) {
  say(`\n━━ ${text}`);
}

/** Tests never touch a database or queue that the caller's environment names, and leave no temporary file. */
function testEnvironment() {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...rest } = process.env;
  return { ...rest, TMPDIR: scratch };
}

process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 20 }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

test().catch((error) => {
  say(explain(error));
  process.exitCode = 1;
});
