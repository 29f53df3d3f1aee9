import { Problem } from '#libs/contracts';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SESSION_COOKIE } from '../http/credentials.js';
import { finish } from './finish.js';
import { plainPaths } from './paths.js';
import { componentsOf, convertSchema } from './schemas.js';
import { trackingPaths, trackingShapes } from './tracking-path.js';

/** The OpenAPI 3.1 document of every route that the application serves. */
export function documentOf(app: INestApplication): OpenAPIObject {
  const described = SwaggerModule.createDocument(app, outline(), {
    operationIdFactory: (controller, method) =>
      `${lowerFirst(controller.replace(/Controller$/, ''))}${upperFirst(method)}`,
    standardSchemaConverter: convertSchema,
  });
  const paths = { ...described.paths };
  for (const [path, item] of Object.entries({ ...plainPaths, ...trackingPaths }))
    paths[path] = { ...paths[path], ...item };
  const shapes = [Problem, ...trackingShapes].map(componentsOf);
  const schemas = Object.assign({}, described.components?.schemas, ...shapes) as Schemas;
  return finish({
    ...described,
    paths,
    components: { ...described.components, schemas, responses: { Problem: answer } },
  });
}

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

const outline = () =>
  new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Lectern')
    .setDescription('Recorded lectures for remote sites, and an honest record of who has watched what where.')
    .setVersion('1')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE }, 'session')
    .addSecurity('device', { type: 'http', scheme: 'Device', description: 'The credential of an enrolled device' })
    .addSecurity('outbox', { type: 'http', scheme: 'Outbox', description: "The token of a learner's outbox" })
    .build();

const answer = {
  description: 'What went wrong, in the language asked for (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const lowerFirst = (word: string) => word.charAt(0).toLowerCase() + word.slice(1);
const upperFirst = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
