/** Of the socket, and class 57P: the server goes down, has crashed, or starts (PostgreSQL, Appendix A). */
const LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03']);

/** Whether there is no database to ask just now, whatever was asked. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isConnectionLost);
  if ('code' in error && LOST.has(String(error.code))) return true;
  return /^Connection terminated|Client has encountered a connection error/.test(error.message);
}
