import type { OpenAPIObject } from '@nestjs/swagger';
import { access } from '../http/access.table.js';
import type { Who } from '../http/caller.js';

type PathItem = OpenAPIObject['paths'][string];
export type Operation = NonNullable<PathItem['get']>;
type Parameter = NonNullable<Operation['parameters']>[number];

export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;

/** What stands in every operation alike: who may call it, how it fails, and an example of each required parameter. */
export function finish(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).map(([path, item]) => [path, finishPath(path, item)] as const);
  return { ...document, paths: Object.fromEntries(paths.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

function finishPath(path: string, item: PathItem): PathItem {
  const operations = methods.flatMap((method) => {
    const operation = item[method];
    return operation ? [[method, finishOperation(`${method.toUpperCase()} ${path}`, operation)] as const] : [];
  });
  return Object.fromEntries(operations);
}

function finishOperation(route: string, operation: Operation): Operation {
  const rule = access[route.replace(/{(\w+)}/g, ':$1')] ?? 'public';
  const { parameters = [] } = operation;
  return {
    ...operation,
    description: describe(rule),
    security: securityOf(rule),
    parameters: parameters.map(withExample),
    responses: { ...problemsOf(route, rule), ...described(operation.responses) },
  };
}

const described = (responses: Operation['responses']): Operation['responses'] =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      response && 'description' in response && !response.description
        ? { ...response, description: 'It is done.' }
        : response,
    ]),
  );

const describe = (rule: (typeof access)[string]): string => {
  if (rule === 'public') return 'Open to anyone.';
  return rule === 'token' ? 'Open to whoever holds a valid token or code.' : `Open to: ${rule.join(', ')}.`;
};

/** The scheme by which each word of the access table shows who it is. */
const schemeOf = (who: Who): string => (who === 'device' || who === 'outbox' ? who : 'session');

function securityOf(rule: (typeof access)[string]): Record<string, string[]>[] {
  if (typeof rule === 'string') return [];
  return [...new Set(rule.map(schemeOf))].map((scheme) => ({ [scheme]: [] }));
}

/** An answer of HEAD has no body; else each failure is a problem document. */
function problemsOf(route: string, rule: (typeof access)[string]): Operation['responses'] {
  const guarded = typeof rule === 'string' ? (rule === 'token' ? ['403'] : []) : ['401', '403'];
  const statuses = ['400', ...guarded, ...(route.includes('{') ? ['404'] : []), 'default'];
  const problem = route.startsWith('HEAD') ? { description: 'A problem' } : { $ref: '#/components/responses/Problem' };
  return Object.fromEntries(statuses.map((status) => [status, problem]));
}

const examples: Readonly<Record<string, string>> = {
  language: 'zh-CN',
  rendition: 'video-360p',
  name: `${'0'.repeat(64)}.m4s`,
  token: 'eyJhbGciOiJFUzI1NiJ9.e30.signature',
};

function withExample(parameter: Parameter): Parameter {
  if (!('name' in parameter) || !parameter.required || parameter.example !== undefined) return parameter;
  return { ...parameter, example: examples[parameter.name] ?? '01928374-5566-7788-99aa-bbccddeeff00' };
}
