import { describe } from '@jest/globals';
import { freshDatabase } from '../../../test/support/database.js';
import { describeQueue } from '../../../test/support/queue-suite.js';

describe('the queue on Postgres', () => {
  describeQueue(async () => ({ databaseUrl: await freshDatabase() }));
});
