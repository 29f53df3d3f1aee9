import type { SignInRequest } from '#libs/contracts';
import type { Limit } from '../http/attempts.js';
import type { Caller } from '../http/caller.js';

/**
 * Failures are counted by who is tried and, far more loosely, by where from: a hall of people sits behind one address
 * and at one device. A card names nobody until it is right, so its own number limits nothing; its device does.
 */
export function limitsOf(request: SignInRequest, caller: Caller, address: string): [Limit, ...Limit[]] {
  const from: Limit = { subject: `address:${address}`, failures: 300 };
  const device: Limit[] = caller.kind === 'device' ? [{ subject: `device:${caller.deviceId}`, failures: 100 }] : [];
  if ('login' in request) return [{ subject: `login:${request.login}`, failures: 10 }, ...device, from];
  if ('card' in request) return [from, ...device];
  return [{ subject: `learner:${request.learnerCode}`, failures: 10 }, ...device, from];
}
