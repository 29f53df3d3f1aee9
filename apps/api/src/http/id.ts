import { z } from 'zod';

/** An id in a path: `@Param('id', { schema: Id }) id: string`. */
export const Id = z.uuid();
