import type { SignInRequest } from '#libs/contracts';
import type { Limit } from '../http/attempts.js';
import type { Caller } from '../http/caller.js';

/** By the one who is tried, from anywhere: far above what one address may do, so that nobody is locked out by a stranger. */
const FROM_ANYWHERE = 200;

/**
 * Failures are counted by who is tried from where; by who is tried alone only far more loosely, since anybody can fail
 * in the name of another; and where from by how many were tried there: a county sits behind one address, a hall at one
 * device. A card names nobody until it is right, so its own number limits nothing; its device does.
 */
export function limitsOf(request: SignInRequest, caller: Caller, address: string): [Limit, ...Limit[]] {
  const from: Limit = { subject: `address:${address}`, failures: 300 };
  const device: Limit[] = caller.kind === 'device' ? [{ subject: `device:${caller.deviceId}`, failures: 100 }] : [];
  if ('card' in request) return [from, ...device];
  const tried = 'login' in request ? `login:${request.login}` : `learner:${request.learnerCode}`;
  return [
    { subject: `${tried} from:${address}`, failures: 10 },
    { subject: tried, failures: FROM_ANYWHERE },
    ...[...device, from].map((limit) => ({ ...limit, countsOnce: true })),
  ];
}
