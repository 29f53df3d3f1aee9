export * from './entities/index.js';
export { createDataSource, databaseOptions, type DatabaseConfig } from './data-source.js';
export { assertClock } from './clock.js';
export * from './pipeline/index.js';
export * from './audit/index.js';
export * from './tracking/index.js';
export * from './totals/index.js';
export * from './recompute/index.js';
export * from './xapi/index.js';
