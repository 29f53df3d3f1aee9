import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csv, type Line } from './csv.js';
import type { Language } from './language.js';

const headings = {
  learner: { en: 'Learner', zh: '学员' },
  people: { en: 'People', zh: '人数' },
  complete: { en: 'Complete', zh: '是否完成' },
};

async function tableOf(pages: readonly Line<keyof typeof headings>[][], language: Language): Promise<string> {
  let text = '';
  for await (const piece of csv(headings, pages, language)) text += piece;
  return text;
}

/** Read by RFC 4180. */
function cellsOf(table: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of table.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('a table', () => {
  it('opens in a spreadsheet as text and numbers, never as formulas', async () => {
    const pages = [
      [
        { learner: '=HYPERLINK("x")', people: -1 },
        { learner: '@李, 明', people: 2 },
      ],
      [{ learner: '+1', people: null }],
      [{ learner: '-2', people: 0, complete: false }],
    ];
    expect(await tableOf(pages, 'en')).toBe(
      '\uFEFFLearner,People,Complete\r\n"\'=HYPERLINK(""x"")",-1,\r\n"\'@李, 明",2,\r\n\'+1,,\r\n\'-2,0,no\r\n',
    );
  });

  it('keeps every text as it is, behind an apostrophe where a spreadsheet might run it', async () => {
    const sign = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '＝',
      '＋',
      '－',
      '＠',
      '\t',
      '\r',
      '\n',
      ' ',
      '\u3000',
      '"',
      ',',
      '李',
      'a',
      "'",
    );
    const text = fc.array(sign, { minLength: 1, maxLength: 6 }).map((signs) => signs.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1 }), async (learners) => {
        const [, ...rows] = cellsOf(await tableOf([learners.map((learner) => ({ learner, people: 1 }))], 'en'));
        const told = rows.map(([cell = '']) => cell);
        expect(told.filter((cell) => /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell))).toEqual([]);
        expect(told.map((cell, at) => (cell === learners[at] ? cell : cell.slice(1)))).toEqual(learners);
      }),
    );
  });

  it('speaks the language of its reader', async () => {
    const pages = [[{ learner: '李明', people: 1, complete: true }]];
    expect(await tableOf(pages, 'zh')).toBe('\uFEFF学员,人数,是否完成\r\n李明,1,是\r\n');
  });
});
