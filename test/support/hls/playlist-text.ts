/** The attributes of one tag by their names, without quotation marks. */
export type Attributes = ReadonlyMap<string, string>;

export const lines = (playlist: string): string[] => playlist.split('\n').filter((line) => line !== '');
export const tagName = (line: string): string => line.split(':')[0] ?? '';
export const tagValue = (line: string): string => line.slice(line.indexOf(':') + 1);
export const isTag = (line: string, tag: string): boolean => tagName(line) === tag;
/** What stands behind a tag, each time it stands. */
export const valuesOf = (playlist: string, tag: string): string[] =>
  lines(playlist)
    .filter((line) => isTag(line, tag))
    .map(tagValue);
export const has = (playlist: string, tag: string): boolean => lines(playlist).some((line) => isTag(line, tag));

export const attributePairs = (value: string): [string, string][] =>
  [...value.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^,]*)/g)].map(([, name = '', text = '']) => [
    name,
    text.replaceAll('"', ''),
  ]);
export const attributes = (value: string): Attributes => new Map(attributePairs(value));
export const attributesOf = (playlist: string, tag: string): Attributes[] => valuesOf(playlist, tag).map(attributes);
