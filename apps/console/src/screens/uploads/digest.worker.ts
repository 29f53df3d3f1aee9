import { createSHA256 } from 'hash-wasm';

/** Reads the file it is given piece by piece and answers with its SHA-256 in hex, or with null when it cannot be read. */
addEventListener('message', ({ data: file }: MessageEvent<File>) => {
  digestOf(file).then(
    (sha256) => postMessage(sha256),
    () => postMessage(null),
  );
});

async function digestOf(file: File): Promise<string> {
  const hash = await createSHA256();
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hash.update(piece.value);
  return hash.digest('hex');
}
