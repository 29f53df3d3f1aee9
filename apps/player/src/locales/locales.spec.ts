import { errorCodes, refusalCodes } from '#libs/domain';
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = join(process.cwd(), 'apps/player/src');
const textsOf = (language: string) =>
  JSON.parse(readFileSync(join(SOURCES, `locales/${language}.json`), 'utf8')) as Record<string, unknown>;

function keysOf(texts: object, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value as object, `${prefix}${key}.`),
  );
}

/** English has a singular, Chinese has not. */
const withoutPlural = (key: string) => key.replace(/_(one|other)$/, '');
const keysIn = (language: string) => new Set(keysOf(textsOf(language)).map(withoutPlural));
const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.spec)\.tsx?$/.test(file))
  .map((file) => readFileSync(join(SOURCES, file), 'utf8'));

describe('the translation files', () => {
  it('have the same keys in both languages', () => {
    expect([...keysIn('zh-CN')].sort()).toEqual([...keysIn('en')].sort());
  });

  it('have every key that a screen uses', () => {
    const used = sources.flatMap((source) => [...source.matchAll(/\bt\('([^']+)'/g)].map(([, key]) => key ?? ''));
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((key) => !keysIn('en').has(key))).toEqual([]);
  });

  it('have no key that no screen uses', () => {
    const all = sources.join('\n');
    const isUsed = (key: string) =>
      all.includes(`'${key}'`) ||
      ['error.', 'refusal.', 'record.grade.', 'explanation.kind.', 'explanation.grade.', 'signIn.by'].some((group) =>
        key.startsWith(group),
      );
    expect([...keysIn('en')].filter((key) => !isUsed(key))).toEqual([]);
  });

  it.each(['en', 'zh-CN'])('have a sentence for every error and every refusal in %s', (language) => {
    const keys = keysIn(language);
    const wanted = [...errorCodes.map((code) => `error.${code}`), ...refusalCodes.map((code) => `refusal.${code}`)];
    expect(wanted.filter((key) => !keys.has(key))).toEqual([]);
  });

  it('use the same placeholders in both languages', () => {
    const placeholders = (texts: object) => {
      const flat = (some: object, prefix = ''): [string, string][] =>
        Object.entries(some).flatMap(([key, value]) =>
          typeof value === 'string' ? [[`${prefix}${key}`, value]] : flat(value as object, `${prefix}${key}.`),
        );
      return Object.fromEntries(
        flat(texts).map(([key, text]) => [
          withoutPlural(key),
          [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort(),
        ]),
      );
    };
    expect(placeholders(textsOf('zh-CN'))).toEqual(placeholders(textsOf('en')));
  });
});
