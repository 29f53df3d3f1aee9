/** Hands bytes or text to the browser as a file to be saved. */
export function saveFile(name: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Chromium reads the file only after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `lectern-20261128-1542.bundle`: when it was made, by the clock that stands on the wall. */
export function fileName(kind: 'bundle' | 'receipt', now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `lectern-${day}-${two(now.getHours())}${two(now.getMinutes())}.${kind}`;
}
