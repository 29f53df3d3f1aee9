import { DomainError } from '#libs/domain';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { access } from './access.table.js';
import { type Caller, wordsOf } from './caller.js';
import { Credentials } from './credentials.js';

/** HEAD is answered wherever GET is, under the rule of GET, unless it has one of its own (tus). */
export const ruleOf = (method: string, url: string) =>
  access[`${method} ${url}`] ?? (method === 'HEAD' ? access[`GET ${url}`] : undefined);

/** Asks the access table whether this caller may enter this route at all. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly credentials: Credentials) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.caller = await this.credentials.callerOf(request);
    admit(request.caller, request.method, request.routeOptions.url ?? '');
    return true;
  }
}

/** @throws {DomainError} `not-signed-in` or `forbidden` when the access table does not let the caller in. */
export function admit(caller: Caller, method: string, url: string): void {
  const rule = ruleOf(method, url);
  if (rule === 'public' || rule === 'token') return;
  if (caller.kind === 'nobody') throw new DomainError('not-signed-in', 'Sign in to use this.');
  if (!wordsOf(caller).some((word) => rule?.includes(word))) {
    throw new DomainError('forbidden', 'None of your roles allows this.');
  }
}
