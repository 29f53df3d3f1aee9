import { readConfig } from '#libs/config';
import { createDataSource, recompute, type Found } from '#libs/database';

/**
 * Derives all records and totals anew from the ledger, some at a time, and compares them with what stands: exit code 0 when
 * they are equal, 1 when not. With --write, what follows from the ledger is put in place of what does not.
 */
const EVERY_MS = 5_000;

const [mode = '--compare', ...rest] = process.argv.slice(2);
if (!['--compare', '--write'].includes(mode) || rest.length > 0) {
  console.error('Usage: recompute.js [--compare | --write]');
  process.exit(2);
}

let toldAt = Date.now();
const tell = (kind: Found['kind'], checked: number): void => {
  if (Date.now() - toldAt < EVERY_MS) return;
  toldAt = Date.now();
  console.error(`… ${checked} (${kind})`);
};

const database = await createDataSource(readConfig(process.env)).initialize();
const found = await recompute(database, { write: mode === '--write', tell });
await database.destroy();

for (const { kind, checked, waiting, differing, first } of found) {
  const asides = waiting > 0 ? `, ${waiting} are waiting to be derived` : '';
  console.log(`${kind}: ${checked} compared, ${differing} differ${asides}`);
  for (const { table, stands, row } of first) {
    console.log(`  ${table} ${stands ? 'stands' : 'should be'} ${JSON.stringify(row)}`);
  }
}
const differing = found.reduce((sum, part) => sum + part.differing, 0);
if (differing === 0) console.log('Everything that is derived is equal to what follows from the ledger.');
else if (mode === '--write') console.log(`${differing} were written anew. Compare again to see that all are equal.`);
else process.exitCode = 1;
