import { readConfig } from '#libs/config';
import { createDataSource, verifyAudit } from '#libs/database';

/** Walks the audit log: exit code 0 when its chain holds, and goes through the place given, if any; 1 when not. */
const config = readConfig(process.env);
const database = await createDataSource(config).initialize();
const verdict = await verifyAudit(database.manager, process.argv[2]);
await database.destroy();
if (verdict.holds) {
  console.log(
    `The chain holds: ${verdict.entries} entries, ending at\n${verdict.head}\nNote this down outside the house.`,
  );
} else {
  console.error(`The chain breaks at entry ${verdict.seq}: ${verdict.why}.`);
  process.exitCode = 1;
}
