import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { access } from '../http/access.table.js';
import { methods, type Operation } from './finish.js';

let api: TestApi;
let document: OpenAPIObject;
let operations: [route: string, operation: Operation][];

beforeAll(async () => {
  api = await startApi();
  document = (await (await fetch(`${api.url}/api/v1/openapi.json`)).json()) as OpenAPIObject;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method): [string, Operation][] => {
      const operation = item[method];
      return operation ? [[`${method.toUpperCase()} ${path}`, operation]] : [];
    }),
  );
});
afterAll(() => api.close());

const offenders = (isWrong: (operation: Operation, route: string) => boolean) =>
  operations.filter(([route, operation]) => isWrong(operation, route)).map(([route]) => route);

describe('the OpenAPI document', () => {
  it('describes every route that is served, and no other', () => {
    const described = operations.map(([route]) => route.replace(/{(\w+)}/g, ':$1'));
    expect(described.toSorted()).toEqual(Object.keys(access).toSorted());
  });

  it('is OpenAPI 3.1 with JSON Schema 2020-12', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(JSON.stringify(document)).not.toContain('"nullable"');
    expect(JSON.stringify(document)).not.toContain('#/$defs/');
  });

  it('gives every operation a name of its own, a summary, a tag and a security', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      offenders(({ operationId, summary, tags, security }) => !operationId || !summary || !tags?.length || !security),
    ).toEqual([]);
  });

  it('says how every operation succeeds and fails', () => {
    expect(offenders(({ responses }) => !Object.keys(responses).some((status) => status.startsWith('2')))).toEqual([]);
    expect(offenders(({ responses }) => !('default' in responses && '400' in responses))).toEqual([]);
  });

  it('gives an example of every required parameter', () => {
    const lacks = ({ parameters = [] }: Operation) =>
      parameters.some((parameter) => 'name' in parameter && parameter.required && parameter.example === undefined);
    expect(offenders(lacks)).toEqual([]);
  });

  it('points only at what it holds', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    const resolve = (path: string) =>
      path.split('/').reduce((at: unknown, step) => (at as Record<string, unknown> | undefined)?.[step], document);
    expect(references.filter((path) => resolve(path) === undefined)).toEqual([]);
    expect(references.length).toBeGreaterThan(50);
  });
});
