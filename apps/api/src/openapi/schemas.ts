import * as contracts from '#libs/contracts';
import type { SwaggerDocumentOptions } from '@nestjs/swagger';
import { z } from 'zod';

type Convert = NonNullable<SwaggerDocumentOptions['standardSchemaConverter']>;
type Components = NonNullable<ReturnType<Convert>>['components'];

const names = z.registry<{ id: string }>();
for (const [id, shape] of Object.entries(contracts)) {
  // The parameters of a query are listed one by one, so its schema needs no name.
  if (shape instanceof z.ZodType && !id.endsWith('Query')) names.add(shape, { id });
}

/** Every shape of the contracts becomes a component under its own name, in JSON Schema 2020-12 as OpenAPI 3.1 has it. */
export const convertSchema: Convert = (schema, { schemaType }) => {
  if (!(schema instanceof z.ZodType)) return undefined;
  const converted = z.toJSONSchema(schema, {
    io: schemaType,
    metadata: names,
    unrepresentable: 'any',
    override: shorten,
  });
  const components: Components = Object.fromEntries(
    Object.entries(converted.$defs ?? {}).map(([name, definition]) => [name, itself(definition)]),
  );
  return { schema: itself(converted), components };
};

/** A shape and what it is made of, for paths that are written by hand: Nest turns the references of its own. */
export function componentsOf(shape: z.ZodType): Components {
  const { components = {} } = convertSchema(shape, { schemaType: 'output' }) ?? {};
  return JSON.parse(JSON.stringify(components).replaceAll('#/$defs/', '#/components/schemas/')) as Components;
}

/** A component is named by where it stands, and its definitions stand beside it. */
const itself = (schema: object) =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => !['id', '$schema', '$defs'].includes(key)));

/** Leaves out what a reader knows: the pattern that a format stands for, and that numbers are numbers of JSON. */
function shorten({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
