import { z } from 'zod';

export const roles = ['admin', 'librarian', 'organiser', 'auditor', 'operator'] as const;
export const RoleName = z.enum(roles);
export type RoleName = z.output<typeof RoleName>;

/** A role on a unit (and its whole subtree), or on one site. Exactly one of the two is set. */
export const RoleGrant = z.object({ role: RoleName, unitId: z.uuid().nullable(), siteId: z.uuid().nullable() });
export type RoleGrant = z.output<typeof RoleGrant>;

const secret = z.string().min(1).max(200);

/** By account anywhere; by card, or learner code and PIN, on an enrolled device only. */
export const SignInRequest = z.union([
  z.strictObject({ login: z.string().min(1).max(100), password: secret }),
  z.strictObject({ card: secret }),
  z.strictObject({ learnerCode: z.string().min(1).max(60), pin: secret }),
]);
export type SignInRequest = z.output<typeof SignInRequest>;

/** `id` is the account's, or the learner's when there is only a card or PIN. */
export const AccountView = z.object({
  id: z.uuid(),
  name: z.string(),
  roles: z.array(RoleGrant),
  learnerId: z.uuid().optional(),
});
export type AccountView = z.output<typeof AccountView>;

/** `outbox` is given to learners only: it sends their spans from this device after the session has ended. */
export const SessionView = z.object({ account: AccountView, outbox: z.object({ token: z.string() }).optional() });
export type SessionView = z.output<typeof SessionView>;

export const WhoAmI = z.object({ account: AccountView });
export type WhoAmI = z.output<typeof WhoAmI>;
