import { StandardSchemaValidationPipe } from '@nestjs/common';
import { InvalidRequest } from './problem.js';

/** Nothing enters a controller that its zod schema does not let in. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    new InvalidRequest(
      issues.slice(0, 20).map(({ path, message }) => ({
        pointer: (path ?? [])
          .map(
            (step) =>
              `/${String(typeof step === 'object' ? step.key : step)
                .replaceAll('~', '~0')
                .replaceAll('/', '~1')}`,
          )
          .join(''),
        detail: message,
      })),
    ),
});
