import type { AccountView, RoleGrant } from '#libs/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who sends a request: nobody, somebody signed in, an enrolled device, or the outbox of a learner. */
export type Caller =
  | { readonly kind: 'nobody' }
  | (AccountView & { readonly kind: 'person'; readonly deviceId: string | null; readonly tokenHash: string })
  | {
      readonly kind: 'device';
      readonly deviceId: string;
      readonly siteId: string;
      /** Whether it is known which installation it is. */
      readonly isBound: boolean;
    }
  | {
      readonly kind: 'outbox';
      readonly learnerId: string;
      readonly deviceId: string | null;
      readonly tokenHash: string;
    };

export const NOBODY: Caller = { kind: 'nobody' };

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
  }
}

/** Every word that the access table may use of a caller. A person is all of their roles, and a learner if they are one. */
export type Who = RoleGrant['role'] | 'learner' | 'device' | 'outbox';

/** All that a caller is, in the words of the access table. */
export function wordsOf(caller: Caller): readonly Who[] {
  switch (caller.kind) {
    case 'nobody':
      return [];
    case 'person':
      return [...caller.roles.map(({ role }) => role), ...(caller.learnerId ? (['learner'] as const) : [])];
    default:
      return [caller.kind];
  }
}

/** The caller in the audit log. */
export const actorOf = (caller: Caller): string => (caller.kind === 'person' ? caller.id : caller.kind);

/** The caller that the access guard found, as a parameter of a controller method. */
export const CallerOf = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller =>
    context.switchToHttp().getRequest<FastifyRequest>().caller ?? NOBODY,
);
