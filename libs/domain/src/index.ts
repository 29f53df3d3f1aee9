export { DomainError, errorCodes, type ErrorCode } from './errors.js';
export * from './tracking/index.js';
export * from './media/index.js';
export * from './playlist/index.js';
export * from './thumbnails/index.js';
export * from './audit/index.js';
export * from './bundle/index.js';
export * from './keeping/index.js';
export * from './xapi/index.js';
