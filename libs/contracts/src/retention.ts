import { z } from 'zod';

const Term = z.object({
  /** How many months the detail of what was watched is kept; null: for ever. */
  months: z.number().int().min(6).max(600).nullable(),
});

/** What a unit says itself; null: what the nearest unit above says, and without any, for ever. */
export const SetRetention = z.object({ own: Term.nullable() });
export type SetRetention = z.output<typeof SetRetention>;

export const RetentionView = SetRetention.extend({
  months: z.number().int().nullable(),
  /** The unit that says so; null when none does. */
  setBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
export type RetentionView = z.output<typeof RetentionView>;
