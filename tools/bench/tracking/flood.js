// Saturates ingest from a process of its own until it is ended: `node flood.js URL DATABASE_URL`.
import { acknowledgedPerSecond } from './load.js';
import { seedSites } from './sites.js';

const [url, databaseUrl] = process.argv.slice(2);
const halls = await seedSites(databaseUrl, 500);
await acknowledgedPerSecond(url, halls, { amount: 5000 });
process.stdout.write('saturated\n');
await acknowledgedPerSecond(url, halls, { seconds: 3600 });
