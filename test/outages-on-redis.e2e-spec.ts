import { describe } from '@jest/globals';
import { describeOutages } from './support/outage-suite.js';

describe('with its queue in Redis a lecture becomes ready though', () => describeOutages('Redis'));
