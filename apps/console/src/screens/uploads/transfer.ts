import { DetailedError, Upload } from 'tus-js-client';
import { apiRoot, readProblem, ServerProblem, type ProblemCode } from '../../server/client';

/** Where a file goes: to a lecture, as a new upload or on with one that was begun. */
export interface Destination {
  readonly lectureId: string;
  readonly uploadId: string | null;
}

export interface TransferEvents {
  onUpload: (uploadId: string) => void;
  onProgress: (sentBytes: number) => void;
  onSent: () => void;
  onProblem: (problem: ServerProblem) => void;
}

/** One file on its way, by tus 1.0. */
export interface Transfer {
  start: () => void;
  pause: () => void;
}

const route = `${apiRoot}/uploads`;
/** Between the tries tus makes by itself; after the last the desk waits for the network. */
const RETRY_DELAYS_MS = [500, 2_000, 5_000, 10_000];
/** The right to upload is checked at each request: a file of hours is not one request. */
const CHUNK_BYTES = 32 * 1024 * 1024;

export function openTransfer(file: File, { lectureId, uploadId }: Destination, events: TransferEvents): Transfer {
  const upload = new Upload(file, {
    endpoint: uploadId === null ? route : null,
    uploadUrl: uploadId === null ? null : `${route}/${uploadId}`,
    metadata: { filename: file.name, lectureId },
    headers: { 'Accept-Language': document.documentElement.lang },
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_DELAYS_MS,
    // The list of unfinished uploads is the server's: it knows them on another machine, too.
    storeFingerprintForResuming: false,
    onUploadUrlAvailable: () => {
      // With an endpoint left, tus-js-client answers any failed HEAD by starting over from nothing.
      upload.options.endpoint = null;
      const id = upload.url?.split('/').at(-1);
      if (id) events.onUpload(id);
    },
    onProgress: (sentBytes) => events.onProgress(sentBytes),
    onSuccess: () => events.onSent(),
    onError: (error) => events.onProblem(problemOf(error)),
  });
  return { start: () => upload.start(), pause: () => void upload.abort() };
}

/** Takes back what was begun; its bytes are freed. */
export const terminate = async (uploadId: string): Promise<void> => {
  await Upload.terminate(`${route}/${uploadId}`, { retryDelays: null }).catch((error: unknown) => {
    throw problemOf(error);
  });
};

/** Statuses whose answer may come without a body (to a HEAD), or from a gateway: no answer, and one that passes. */
const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  0: 'unreachable',
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'upload-expired',
  410: 'upload-expired',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
};

function problemOf(error: unknown): ServerProblem {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  const told = readProblem(response?.getBody() ?? '');
  const code = codeOfStatus[response?.getStatus() ?? 0];
  return told.code === 'internal' && code ? new ServerProblem(code) : told;
}
