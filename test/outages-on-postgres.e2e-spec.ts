import { describe } from '@jest/globals';
import { describeOutages } from './support/outage-suite.js';

describe('with its queue in PostgreSQL a lecture becomes ready though', () => describeOutages('PostgreSQL'));
