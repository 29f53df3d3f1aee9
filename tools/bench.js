// `npm run bench -- NAME [arguments]` runs tools/bench/NAME.js; without a name, each in turn. A benchmark is a program
// of its own that prints its figures with tools/figure.js and fails when one falls short.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.js';
import { forTests, installPackages, installPrograms, run } from './install.js';
import { explain, Refusal, say } from './progress.js';

const folder = join(import.meta.dirname, 'bench');
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.slice(0, -'.js'.length));

async function bench([name, ...args]) {
  const names = name ? [name] : all;
  if (!names.every((each) => all.includes(each))) throw new Refusal(`Benchmarks: ${all.join(', ')}`);
  await installPackages();
  await installPrograms(forTests);
  await build();
  for (const each of names) await measure(each, args);
}

async function measure(name, args) {
  say(`\n━━ ${name}`);
  await run(process.execPath, [join(folder, `${name}.js`), ...args]).catch((error) => {
    say(error.message);
    process.exitCode = 1;
  });
}

bench(process.argv.slice(2)).catch((error) => {
  say(explain(error));
  process.exitCode = 1;
});
