/** What a search for part of a name hands to SQL: `pieces_of(name) @> $pieces AND name ILIKE $pattern`. */
export interface NameSearch {
  /** The one- and two-letter pieces that an index finds; null when nothing is searched. */
  readonly pieces: string[] | null;
  readonly pattern: string | null;
}

/**
 * Takes the words as they are: `%` and `_` mean themselves. One or two letters are a piece, which says all; a pattern as
 * well would only mislead PostgreSQL about how many names there are with it.
 */
export function searchOf(words: string | undefined): NameSearch {
  const sought = words?.trim() ?? '';
  if (sought === '') return { pieces: null, pattern: null };
  const pieces = piecesOf(sought.toLowerCase());
  return { pieces, pattern: pieces.length === 1 ? '%' : `%${sought.replace(/[\\%_]/g, '\\$&')}%` };
}

/** Pairs say all that single letters would: only a single letter is sought by itself. */
function piecesOf(sought: string): string[] {
  const letters = Array.from(sought);
  if (letters.length === 1) return letters;
  return letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
}
