export { DomainError, errorCodes, type ErrorCode } from './errors.js';
export * from './tracking/index.js';
