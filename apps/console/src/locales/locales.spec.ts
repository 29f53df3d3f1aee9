import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodes } from '#libs/domain';
import en from './en.json' with { type: 'json' };
import zhCN from './zh-CN.json' with { type: 'json' };

interface Sentences {
  readonly [key: string]: string | Sentences;
}

const flat = (sentences: Sentences, prefix = ''): Map<string, string> =>
  new Map(
    Object.entries(sentences).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  );

const languages = { en: flat(en), 'zh-CN': flat(zhCN) };
/** `start_one` and `start_other` are one key to the code; which forms it needs is the language's own affair. */
const baseOf = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const bases = (sentences: ReadonlyMap<string, string>) => new Set([...sentences.keys()].map(baseOf));
const placeholders = (sentence: string) => new Set(sentence.match(/{{\w+}}/g));

const source = join(process.cwd(), 'apps/console/src');
const sources = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.spec.'))
  .map((path) => readFileSync(join(source, path), 'utf8'));
const used = new Set(sources.flatMap((text) => [...text.matchAll(/\bt\('([\w.-]+)'/g)].map(([, key]) => key ?? '')));
/** `t(cond ? 'a.b' : 'c.d')` and `t(`areas.${area}`)`: a key in quotes, and the part before the blank. */
const quoted = new Set(sources.flatMap((text) => [...text.matchAll(/'(\w+\.[\w.-]+)'/g)].map(([, key]) => key ?? '')));
const families = sources.flatMap((text) => [...text.matchAll(/`([\w.]+\.)\$\{/g)].map(([, prefix]) => prefix ?? ''));

describe('the sentences of the console', () => {
  it('have the same keys in both languages', () => {
    expect([...bases(languages['zh-CN'])].sort()).toEqual([...bases(languages.en)].sort());
  });

  it.each(Object.entries(languages))('in %s have every plural form that the language needs', (language, sentences) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const plural = [...sentences.keys()].filter((key) => key !== baseOf(key)).map(baseOf);
    for (const key of plural) {
      for (const form of needed) expect(sentences.has(`${key}_${form}`)).toBe(true);
    }
  });

  it('fill in the same blanks in both languages', () => {
    for (const [key, sentence] of languages['zh-CN']) {
      const other = languages.en.get(key);
      if (other !== undefined) expect([key, placeholders(sentence)]).toEqual([key, placeholders(other)]);
    }
  });

  it('are all there that the code asks for', () => {
    expect(used.size).toBeGreaterThan(100);
    expect([...used].filter((key) => !bases(languages.en).has(key))).toEqual([]);
  });

  it('are all asked for', () => {
    const isUsed = (key: string) =>
      used.has(key) || quoted.has(key) || families.some((prefix) => key.startsWith(prefix));
    expect([...bases(languages.en)].filter((key) => !isUsed(key))).toEqual([]);
  });

  it.each(Object.entries(languages))('in %s have one for every code that can go wrong', (_language, sentences) => {
    expect(errorCodes.filter((code) => !sentences.has(`errors.${code}`))).toEqual([]);
  });

  it('say nothing in English to a reader of Chinese', () => {
    const names = new Set(['sites.kbpsIs']);
    const latin = [...languages['zh-CN']].filter(
      ([key, sentence]) => !names.has(key) && !/\p{Script=Han}/u.test(sentence),
    );
    expect(latin.map(([key, sentence]) => [key, sentence.replace(/{{\w+}}/g, '').trim()])).toEqual([
      ['uploads.sentOf', '/ （）'],
    ]);
  });
});
