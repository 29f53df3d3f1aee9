import { StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { Language } from './language.js';

/** A number that the reader is not told: of a group under five, or by which one could be reckoned. */
export const WITHHELD = Symbol('withheld');
export type Cell = string | number | boolean | null | typeof WITHHELD;
/** What stands above each column of a table, for each reader, in the order of the columns. */
export type Headings<Column extends string> = Readonly<Record<Column, Readonly<Record<Language, string>>>>;
/** What is known of each column; the others stay empty. */
export type Line<Column extends string> = Partial<Readonly<Record<Column, Cell>>>;

const words = {
  true: { en: 'yes', zh: '是' },
  false: { en: 'no', zh: '否' },
  withheld: { en: 'not told', zh: '不显示' },
} as const;

/** A table by RFC 4180 in the reader's language, with the mark by which spreadsheets know UTF-8, piece by piece. */
export async function* csv<Column extends string>(
  headings: Headings<Column>,
  pages: AsyncIterable<readonly Line<Column>[]> | Iterable<readonly Line<Column>[]>,
  language: Language,
): AsyncGenerator<string, void> {
  const columns = Object.keys(headings) as Column[];
  const row = (cellOf: (column: Column) => Cell): string =>
    `${columns.map((column) => writtenCell(cellOf(column), language)).join(',')}\r\n`;
  yield `\uFEFF${row((column) => headings[column][language])}`;
  for await (const lines of pages) yield lines.map((line) => row((column) => line[column] ?? null)).join('');
}

/** Signs with which a formula begins, as typed on a Latin or a Chinese keyboard, also after white space, which some skip. */
const FORMULA = /^[\s\u200B\u2060]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** What a spreadsheet would run as a formula becomes text. */
function writtenCell(cell: Cell, language: Language): string {
  if (typeof cell === 'symbol') return words.withheld[language];
  if (typeof cell === 'boolean') return words[`${cell}`][language];
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as a file that the browser saves. */
export const csvFile = (name: string, pieces: AsyncIterable<string>): StreamableFile =>
  new StreamableFile(Readable.from(pieces), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
