import { z } from 'zod';

/** Of the photo of paper minutes. */
export const MAX_PHOTO_BYTES = 500_000;

/**
 * What a hall tells beside the note of its session. It goes to the house and never into the ledger. `speakers`: learners of the
 * site who spoke in the discussion; others are left out. `photo`: the paper minutes as a JPEG, in base64; what a camera adds
 * to a picture is taken out of it.
 */
export const HallMinutes = z.object({
  speakers: z.array(z.uuid()).max(500),
  photo: z
    .base64()
    .max(Math.ceil(MAX_PHOTO_BYTES / 3) * 4)
    .nullable(),
});
export type HallMinutes = z.output<typeof HallMinutes>;
