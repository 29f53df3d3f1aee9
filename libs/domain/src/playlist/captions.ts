import { DomainError } from '../errors.js';
import { segmentMs } from '../media/chunk-plan.js';
import { segmentSeconds, trackSeconds, type Address, type PlaylistTrack } from './rendition.js';

/** Captions of an edition in one language: the blob `{sha256}.vtt`. */
export interface CaptionTrack {
  /** Of its playlist: `captions-{language}`. */
  readonly name: string;
  /** BCP 47 */
  readonly language: string;
  /** As viewers read it in a menu; without quotation marks or line ends. */
  readonly label: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Names are unique in a group (HLS-V05): captions of the same label are told apart by their language. */
export const subtitleGroup = (captions: readonly CaptionTrack[], address: Address): string[] =>
  captions.map(({ name, language, label }) => {
    const shared = captions.filter((other) => other.label === label).length > 1;
    return (
      `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",NAME="${shared ? `${label} (${language})` : label}",` +
      `LANGUAGE="${language}",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="${address(`${name}.m3u8`)}"`
    );
  });

/** One segment holds all cues, for as long as the picture lasts (HLS-V07). */
export function subtitlePlaylist(caption: CaptionTrack, picture: PlaylistTrack, address: Address): string {
  const seconds = trackSeconds(picture);
  return [
    '#EXTM3U',
    // EXTINF with a fraction needs 3 (HLS-S03).
    '#EXT-X-VERSION:3',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(seconds))}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXTINF:${seconds.toFixed(6)},`,
    address(`${caption.sha256}.vtt`),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}

/**
 * While the picture grows, captions grow with it: all playlists are of one type and have one target duration (rfc8216bis
 * 6.2.4). Each piece is the file with all cues, so that none is missing from the time in which it shows (HLS-V08).
 */
export function growingSubtitles(
  caption: CaptionTrack,
  picture: PlaylistTrack,
  ended: boolean,
  address: Address,
): string {
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    `#EXT-X-TARGETDURATION:${segmentMs / 1000}`,
    '#EXT-X-PLAYLIST-TYPE:EVENT',
    '#EXT-X-START:TIME-OFFSET=0',
    ...picture.segments.flatMap((piece) => [
      `#EXTINF:${segmentSeconds(piece, picture).toFixed(6)},`,
      address(`${caption.sha256}.vtt`),
    ]),
    ...(ended ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n');
}

/** Media time 0 is presentation time 0 (HLS-V08). Players that know nothing of HLS skip the line. */
const TIMESTAMP_MAP = 'X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0';

/**
 * A WebVTT document as it is served: with line ends of one kind, and with the time map that HLS asks for.
 *
 * @throws {DomainError} `captions-invalid` saying which line is no WebVTT.
 */
export function captionDocument(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .split('\n');
  if (!/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')) throw invalid(1, 'The file must begin with WEBVTT.');
  if (text.includes('\0')) throw invalid(1, 'The file holds a NUL character.');
  const body = lines.slice(1).filter((line) => !line.startsWith('X-TIMESTAMP-MAP='));
  if (checkCues(lines) === 0) throw invalid(lines.length, 'There is no cue in this file.');
  return [lines[0], TIMESTAMP_MAP, ...body].join('\n');
}

/** Counts the cues. @throws {DomainError} `captions-invalid` */
function checkCues(lines: readonly string[]): number {
  let cues = 0;
  for (const [index, line] of lines.entries()) {
    if (!line.includes('-->')) continue;
    const [start, end] = timesOf(line);
    if (start === undefined || end === undefined || end <= start) {
      throw invalid(index + 1, 'This is no time range such as 00:01.000 --> 00:04.500.');
    }
    cues += 1;
  }
  return cues;
}

const TIME = String.raw`(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})`;
const TIMING = new RegExp(`^${TIME}[ \\t]+-->[ \\t]+${TIME}(?:[ \\t].*)?$`);

/** Start and end of a timing line, ms. */
function timesOf(line: string): readonly (number | undefined)[] {
  const found = TIMING.exec(line);
  if (!found) return [];
  const [hours1, minutes1, seconds1, ms1, hours2, minutes2, seconds2, ms2] = found
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0));
  return [msOf(hours1, minutes1, seconds1, ms1), msOf(hours2, minutes2, seconds2, ms2)];
}

const msOf = (hours = 0, minutes = 0, seconds = 0, ms = 0): number =>
  ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;

const invalid = (line: number, detail: string) => new DomainError('captions-invalid', `Line ${line}: ${detail}`);
