import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeQueue } from '../../../test/support/queue-suite.js';
import { startRedis } from '../../../test/support/redis.js';

describe('the queue on Redis', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    redis = await startRedis();
  });

  describeQueue(() => Promise.resolve({ databaseUrl: 'postgres://nobody@127.0.0.1/none', redisUrl: redis.url }));

  // After the suite has closed what it opened on it.
  afterAll(() => redis.stop());
});
