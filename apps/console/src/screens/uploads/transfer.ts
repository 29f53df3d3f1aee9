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
const RETRY_DELAYS_MS = [500, 2_000];
/** The right to upload is checked at each request: a file of hours is not one request. */
const CHUNK_BYTES = 32 * 1024 * 1024;
/** A link may end without a word; a browser would wait for a quarter of an hour. */
const STALLED_MS = 60_000;

export function openTransfer(file: File, { lectureId, uploadId }: Destination, events: TransferEvents): Transfer {
  const watchdog = stallWatchdog(() => void upload.abort().then(() => upload.start()));
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
    onProgress: (sentBytes) => {
      // After the last byte the server takes its time: it verifies the whole file.
      if (sentBytes < file.size) watchdog.restart();
      else watchdog.stop();
      events.onProgress(sentBytes);
    },
    onSuccess: () => {
      watchdog.stop();
      events.onSent();
    },
    onError: (error) => {
      watchdog.stop();
      events.onProblem(problemOf(error));
    },
  });
  return {
    start: () => {
      watchdog.restart();
      upload.start();
    },
    pause: () => {
      watchdog.stop();
      void upload.abort();
    },
  };
}

/** Acts, again and again, when it has not been restarted for too long. */
function stallWatchdog(act: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  const restart = () => {
    stop();
    timer = setTimeout(() => {
      restart();
      act();
    }, STALLED_MS);
  };
  return { restart, stop };
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
