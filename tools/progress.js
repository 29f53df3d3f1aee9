// What a person sees while a command works: one line a step, its outcome and how long it took.

const startedAt = Date.now();

/** Runs one step under a heading and returns what it returns. */
export async function step(title, work) {
  const begun = Date.now();
  say(`• ${title} …`);
  const result = await work();
  say(`✓ ${title} (${seconds(Date.now() - begun)})`);
  return result;
}

export function say(line) {
  process.stdout.write(`${line}\n`);
}

export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

export function secondsSinceStart() {
  return seconds(Date.now() - startedAt);
}

/** A sentence for the person at the terminal, who can do something about it: shown without a stack. */
export class Refusal extends Error {}

/** What went wrong, for the terminal. */
export function explain(error) {
  return error instanceof Refusal ? error.message : error.stack;
}
