import { TrackingAnswer, TrackingRequest } from '#libs/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';

/** Documents what ingest reads by itself, item by item, so that one bad item never spoils the good ones. */
const documented = z.toJSONSchema(TrackingRequest, { io: 'input' });
const schema = Object.fromEntries(Object.entries(documented).filter(([key]) => key !== '$schema'));

export const trackingPaths: OpenAPIObject['paths'] = {
  '/api/v1/tracking/batches': {
    post: {
      operationId: 'trackingTake',
      summary: 'Takes what was played; the same batch again gives the same answer',
      tags: ['Tracking'],
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: {
        200: {
          description: 'It is done.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/TrackingAnswer' } } },
        },
      },
    },
  },
};

/** What these paths refer to. */
export const trackingShapes = [TrackingAnswer];
