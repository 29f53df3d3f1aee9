/** SHA-256 of a whole file in hex, found in a worker so that sending goes on; null when the file cannot be read. */
export function digestOf(file: File): Promise<string | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./digest.worker.ts', import.meta.url), { type: 'module' });
    const settle = (sha256: string | null) => {
      worker.terminate();
      resolve(sha256);
    };
    worker.onmessage = ({ data }: MessageEvent<string | null>) => settle(data);
    worker.onerror = () => settle(null);
    worker.postMessage(file);
  });
}
