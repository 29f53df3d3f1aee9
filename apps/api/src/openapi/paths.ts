import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Parameter = Extract<NonNullable<Operation['parameters']>[number], { name: string }>;
type Responses = Operation['responses'];

const header = (name: string, schema: object, required = false): Parameter => ({
  name,
  in: 'header',
  required,
  schema,
  ...(required ? { example: name === 'Tus-Resumable' ? '1.0.0' : 0 } : {}),
});
const version = header('Tus-Resumable', { type: 'string', const: '1.0.0' }, true);
const length = header('Upload-Length', { type: 'integer', minimum: 0 });
const offset = (required: boolean) => header('Upload-Offset', { type: 'integer', minimum: 0 }, required);
const checksum = header('Upload-Checksum', {
  type: 'string',
  description: 'Algorithm, a space, and the digest in Base64',
});
const id: Parameter = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };

const told = (description: string, ...headers: string[]): Responses[string] => ({
  description,
  headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }])),
});
const bytes = (contentType: string, required: boolean) => ({
  required,
  content: { [contentType]: { schema: {} } },
});
const tus = (operationId: string, summary: string, more: Partial<Operation>): Operation => ({
  operationId,
  summary,
  tags: ['Uploads'],
  responses: {},
  ...more,
});

/** The routes that sit on Fastify itself, where no decorator describes them: tus 1.0.0 and the bytes of editions. */
export const plainPaths: OpenAPIObject['paths'] = {
  '/api/v1/uploads': {
    options: tus('uploadsCapabilities', 'Tells what this server speaks of tus', {
      responses: {
        200: told('Capabilities', 'Tus-Version', 'Tus-Extension', 'Tus-Max-Size', 'Tus-Checksum-Algorithm'),
      },
    }),
    post: tus('uploadsCreate', 'Begins an upload to a lecture, perhaps with its first bytes', {
      parameters: [
        version,
        length,
        header('Upload-Defer-Length', { type: 'integer', const: 1 }),
        header(
          'Upload-Metadata',
          { type: 'string', description: 'filename, lectureId and perhaps sha256, as tus writes them' },
          false,
        ),
        checksum,
      ],
      requestBody: bytes('application/offset+octet-stream', false),
      responses: { 201: told('Begun', 'Location', 'Upload-Offset', 'Upload-Expires') },
    }),
  },
  '/api/v1/uploads/{id}': {
    options: tus('uploadCapabilities', 'Tells what this server speaks of tus', {
      parameters: [id],
      responses: {
        200: told('Capabilities', 'Tus-Version', 'Tus-Extension', 'Tus-Max-Size', 'Tus-Checksum-Algorithm'),
      },
    }),
    post: tus('uploadsOverride', 'Stands for the method in X-HTTP-Method-Override', {
      parameters: [
        id,
        version,
        header('X-HTTP-Method-Override', { type: 'string', enum: ['PATCH', 'DELETE', 'HEAD'] }),
      ],
      requestBody: bytes('application/offset+octet-stream', false),
      responses: { 204: told('As the method that it stands for') },
    }),
    head: tus('uploadsTell', 'Tells how much of an upload is here', {
      parameters: [id, version],
      responses: { 200: told('How far it is', 'Upload-Offset', 'Upload-Length', 'Upload-Metadata', 'Upload-Expires') },
    }),
    patch: tus('uploadsAppend', 'Appends bytes to an upload', {
      parameters: [id, version, offset(true), length, checksum],
      requestBody: bytes('application/offset+octet-stream', true),
      responses: { 204: told('Appended', 'Upload-Offset', 'Upload-Expires') },
    }),
    delete: tus('uploadsTerminate', 'Gives an upload up', {
      parameters: [id, version],
      responses: { 204: told('Given up') },
    }),
  },
  '/api/v1/openapi.json': {
    get: {
      operationId: 'document',
      summary: 'Gives this document',
      tags: ['Health'],
      responses: {
        200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } },
      },
    },
  },
  '/media/{editionId}/{name}': {
    get: {
      operationId: 'mediaBlob',
      summary: 'Gives one blob of an edition: a segment, a picture or captions',
      tags: ['Playback'],
      parameters: [
        { ...id, name: 'editionId' },
        { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'token', in: 'query', required: true, schema: { type: 'string' } },
        header('Range', { type: 'string' }),
      ],
      responses: {
        200: { description: 'The blob', content: { 'application/octet-stream': { schema: {} } } },
        206: { description: 'A part of the blob', content: { 'application/octet-stream': { schema: {} } } },
        304: { description: 'Nothing new' },
      },
    },
  },
};
