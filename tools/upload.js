// Sends one file by tus, as any uploader would: resumable, with its SHA-256.
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Upload } from 'tus-js-client';

const CHUNK_BYTES = 8 * 1024 * 1024;

/**
 * Uploads `path` as a new edition of a lecture, or goes on with `uploadUrl`.
 *
 * @param {(share: number) => void} onProgress told 0..1
 */
export async function uploadLecture(api, { lectureId, path, uploadUrl, onProgress }) {
  const metadata = { filename: basename(path), lectureId, sha256: await sha256Of(path) };
  await new Promise((resolve, reject) => {
    new Upload(createReadStream(path), {
      endpoint: api.uploadsUrl,
      uploadUrl,
      uploadSize: statSync(path).size,
      chunkSize: CHUNK_BYTES,
      metadata,
      headers: { cookie: api.cookie },
      retryDelays: [500, 1000, 3000],
      onProgress: (sent, total) => onProgress(sent / total),
      onSuccess: resolve,
      onError: reject,
    }).start();
  });
}

export async function sha256Of(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
