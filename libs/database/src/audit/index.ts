export { appendAudit, type AuditEntry } from './append-audit.js';
export { verifyAudit, type AuditVerdict } from './verify-audit.js';
