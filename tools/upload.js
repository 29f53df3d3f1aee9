// Sends one file by tus, as any uploader would: resumable, with its SHA-256.
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Upload } from 'tus-js-client';
import { waitUntil } from './processes.js';

const ENCODING_LIMIT_MS = 30 * 60_000;
const CHUNK_BYTES = 8 * 1024 * 1024;

/**
 * Uploads `path` as a new edition of a lecture, or goes on with `uploadUrl`.
 *
 * @param {(share: number) => void} onProgress told 0..1
 */
export async function uploadLecture(api, { lectureId, path, uploadUrl, onProgress = () => {} }) {
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

/** Makes a course of the root unit with one lecture, and returns the lecture's id. */
export async function createLecture(api, { title }) {
  const root = (await api.list('/units')).find(({ parentId }) => parentId === null);
  const course = await api.post('/courses', { unitId: root.id, title });
  return (await api.post('/lectures', { courseId: course.id, title })).id;
}

/** Makes such a lecture of a file, and returns it when it is ready. */
export async function publishLecture(api, { title, path }) {
  const id = await createLecture(api, { title });
  await uploadLecture(api, { lectureId: id, path });
  return waitUntilReady(api, id);
}

/** @throws {Error} with the reason when it cannot be encoded */
export function waitUntilReady(api, lectureId, onProgress = () => {}) {
  const finished = async () => {
    const lecture = await api.get(`/lectures/${lectureId}`);
    const { state, title, progress, failure } = lecture;
    if (state === 'failed') throw new Error(`${title} could not be encoded: ${failure.title} ${failure.detail}`);
    onProgress(progress);
    return state === 'ready' && lecture;
  };
  return waitUntil(`lecture ${lectureId} to be encoded`, finished, ENCODING_LIMIT_MS, 1000);
}

async function sha256Of(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
