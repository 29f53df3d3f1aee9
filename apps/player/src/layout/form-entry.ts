/** What was typed into a field of a form, as it stands. */
export function entryOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}
