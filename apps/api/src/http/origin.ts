import { DomainError } from '#libs/domain';
import type { FastifyRequest } from 'fastify';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses to change anything for a page of another origin (CSRF). A missing Origin is no browser's cross-site request.
 *
 * @throws {DomainError} `foreign-origin`
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  const { origin } = request.headers;
  if (SAFE.has(request.method) || origin === undefined) return;
  const own = new Set([`${request.protocol}://${request.host}`]);
  if (publicUrl) own.add(new URL(publicUrl).origin);
  if (!own.has(origin)) throw new DomainError('foreign-origin', `Requests from ${origin.slice(0, 100)} are refused.`);
}
