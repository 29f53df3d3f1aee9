import type { SignInRequest } from '#libs/contracts';
import type { Caller } from '../http/caller.js';

/** How many failures within {@link WINDOW_MINUTES} a subject may have before it has to wait. */
export interface Limit {
  readonly subject: string;
  readonly failures: number;
}

export const WINDOW_MINUTES = 15;

/**
 * Failures are counted by who is tried and, far more loosely, by where from: a hall of people sits behind one address
 * and at one device. A card names nobody until it is right, so its own number limits nothing; its device does.
 */
export function limitsOf(request: SignInRequest, caller: Caller, address: string): Limit[] {
  return [
    ...('login' in request ? [{ subject: `login:${request.login}`, failures: 10 }] : []),
    ...('learnerCode' in request ? [{ subject: `learner:${request.learnerCode}`, failures: 10 }] : []),
    ...(caller.kind === 'device' ? [{ subject: `device:${caller.deviceId}`, failures: 100 }] : []),
    { subject: `address:${address}`, failures: 300 },
  ];
}
