// `node tools/openapi.js` compares the committed docs/openapi.json with what the built API serves; `--write` renews it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.js';
import { explain, Refusal, say } from './progress.js';
import { withScratchHouse } from './scratch-house.js';

const path = join(root, 'docs/openapi.json');

async function compare({ url }) {
  const document = await (await fetch(`${url}/api/v1/openapi.json`)).json();
  const served = `${JSON.stringify(document, null, 2)}\n`;
  if (process.argv[2] === '--write') writeFileSync(path, served);
  if (readFileSync(path, 'utf8') !== served) {
    throw new Refusal('docs/openapi.json is not what the API serves. Type: node tools/openapi.js --write');
  }
  say('docs/openapi.json says what the API serves.');
}

withScratchHouse(['api'], compare).catch((error) => {
  say(explain(error));
  process.exitCode = 1;
});
