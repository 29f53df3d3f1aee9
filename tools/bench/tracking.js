// Ingest and what it must leave alone, against references in the same run.
// `npm run bench -- tracking [batches | spans | reads | storm | kills | ledger] [AMOUNT]`: one part or all of them, each on a house
// of its own whose database survives a power cut. AMOUNT: seconds, batches, reads, devices, kills, spans.
import { printBatches } from './tracking/batches.js';
import { printKills } from './tracking/kills.js';
import { printLedger } from './tracking/ledger.js';
import { printReads } from './tracking/reads.js';
import { printSpans } from './tracking/spans.js';
import { printStorm } from './tracking/storm.js';

const parts = {
  batches: printBatches,
  spans: printSpans,
  reads: printReads,
  storm: printStorm,
  kills: printKills,
  ledger: printLedger,
};

const [first, ...others] = process.argv.slice(2);
const isPart = Object.hasOwn(parts, first ?? '');
const wanted = isPart ? [first] : Object.keys(parts);
const [amount] = isPart ? others : [first];
for (const part of wanted) await parts[part](amount === undefined ? undefined : Number(amount));
