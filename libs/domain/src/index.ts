export { DomainError, errorCodes, type ErrorCode } from './errors.js';
