import type { Language } from '../http/language.js';
import { type Heading, headings } from './headings.js';

export type Cell = string | number | boolean | null;
/** What is known of each column; the others stay empty. */
export type Line = Partial<Record<Heading, Cell>>;

const words = { true: { en: 'yes', zh: '是' }, false: { en: 'no', zh: '否' } } as const;

/** A table by RFC 4180 in the reader's language, with the mark by which spreadsheets know UTF-8, piece by piece. */
export async function* csv(
  columns: readonly Heading[],
  pages: AsyncIterable<readonly Line[]> | Iterable<readonly Line[]>,
  language: Language,
): AsyncGenerator<string, void> {
  yield `\uFEFF${written(
    columns.map((column) => headings[column][language]),
    language,
  )}`;
  for await (const lines of pages) {
    yield lines
      .map((line) =>
        written(
          columns.map((column) => line[column] ?? null),
          language,
        ),
      )
      .join('');
  }
}

const written = (cells: readonly Cell[], language: Language): string =>
  `${cells.map((cell) => writtenCell(cell, language)).join(',')}\r\n`;

/** What a spreadsheet would run as a formula becomes text. */
function writtenCell(cell: Cell, language: Language): string {
  if (typeof cell === 'boolean') return words[`${cell}`][language];
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
