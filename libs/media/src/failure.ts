import { DomainError } from '#libs/domain';

/** How a confined program ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines it wrote to stderr. */
  readonly log: string;
}

const maxDetail = 600;
/** Shells and bubblewrap report a child's death by signal as 128 plus its number. */
const bySignal = 128;
/** SIGXCPU, SIGXFSZ, and SIGKILL, which the kernel sends at the hard limit. */
const limitSignals = [24, 25, 9];
const limitSignalNames = new Set<NodeJS.Signals | null>(['SIGXCPU', 'SIGXFSZ', 'SIGKILL']);

/** Audio containers by the name of their demuxer: their owner should hear "no picture", not "unknown format". */
const soundFormats = new Set(['mp3', 'wav', 'flac', 'aac', 'ac3', 'amr', 'aiff', 'ape', 'caf', 'w64']);

const hitLimit = ({ code, signal, log }: Ending): boolean =>
  limitSignalNames.has(signal) ||
  (code !== null && limitSignals.includes(code - bySignal)) ||
  log.includes('Cannot allocate memory');

/** What a program said, fit for a screen and a database: bounded, without NUL bytes, addresses or paths. */
export const readable = (log: string): string =>
  log
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .replaceAll(/ @ 0x[0-9a-f]+/g, '')
    .replaceAll(/file:\S+/g, 'the file')
    .trim()
    .slice(-maxDetail);

/** The rule that an encode broke, from how it ended. Technical: it may be tried again. */
export function encodeFailure(ending: Ending): DomainError {
  const detail = readable(ending.log);
  if (ending.log.includes('No space left on device'))
    return new DomainError('storage-full', 'There is no space left to encode in.');
  if (hitLimit(ending)) return new DomainError('encode-limit', `It used more than it was given. ${detail}`.trim());
  return new DomainError('encode-failed', detail || `ffmpeg ended with ${String(ending.code ?? ending.signal)}.`);
}

/** The rule that an upload broke when not even its tracks could be read. */
export function probeFailure(ending: Ending): DomainError {
  const format = /^\[(\w+)[^\]]*\] Format not on whitelist/m.exec(ending.log)?.[1];
  if (format) return formatRefusal(format);
  const codec = /Codec \((\w+)\) not on whitelist/.exec(ending.log)?.[1];
  if (codec) return new DomainError('source-codec-refused', `It is encoded as ${codec}, which is not taken.`);
  if (hitLimit(ending)) return new DomainError('source-too-costly', 'Reading its index takes more than a file may.');
  const said = readable(ending.log.replaceAll(/^file:.*$/gm, ''));
  return new DomainError('source-unreadable', `It cannot be read as a video. ${said}`.trim());
}

function formatRefusal(format: string): DomainError {
  if (format.endsWith('_pipe') || format === 'gif' || format === 'image2')
    return new DomainError('source-still-image', `It is an image (${format.replace('_pipe', '')}), not a video.`);
  if (soundFormats.has(format)) return new DomainError('source-no-video', `It is a sound recording (${format}).`);
  return new DomainError('source-format-refused', `It is a ${format} file, which is not taken.`);
}
