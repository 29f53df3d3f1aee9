import { z } from 'zod';

const Term = z.object({
  /** How many months the detail of what was watched is kept; null: for ever. */
  months: z.number().int().min(6).max(600).nullable(),
});

/** What a unit asks for itself; null: nothing. The longest that it or a unit above asks for holds; without any, for ever. */
export const SetRetention = z.object({ own: Term.nullable() });
export type SetRetention = z.output<typeof SetRetention>;

export const RetentionView = SetRetention.extend({
  months: z.number().int().nullable(),
  /** The nearest unit that asks for it; null when none does. */
  setBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
export type RetentionView = z.output<typeof RetentionView>;
