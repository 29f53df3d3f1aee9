import { thumbnailAt, type ThumbnailSheet } from './thumbnail-sheet.js';

/**
 * The thumbnails of a lecture as a WebVTT track, as players know it that are not ours: each cue is the address of a sheet
 * with the rectangle of one picture (Media Fragments URI 4.2.2).
 *
 * @param sheets by `fromMs`
 */
export function thumbnailTrack<Sheet extends ThumbnailSheet>(
  sheets: readonly Sheet[],
  durationMs: number,
  address: (sheet: Sheet) => string,
): string {
  const ends = sheets.map((_, at) => Math.min(durationMs, sheets[at + 1]?.fromMs ?? durationMs));
  const cues = sheets.flatMap((sheet, at) => cuesOf(sheet, ends[at] ?? durationMs, address(sheet)));
  return ['WEBVTT', ...cues].join('\n\n') + '\n';
}

function cuesOf(sheet: ThumbnailSheet, endMs: number, address: string): string[] {
  const { fromMs, tileMs, tileWidth, tileHeight } = sheet;
  return Array.from({ length: Math.max(0, Math.ceil((endMs - fromMs) / tileMs)) }, (_, at) => {
    const startMs = fromMs + at * tileMs;
    const { x, y } = thumbnailAt([sheet], startMs) ?? { x: 0, y: 0 };
    const times = `${timestamp(startMs)} --> ${timestamp(Math.min(endMs, startMs + tileMs))}`;
    return `${times}\n${address}#xywh=${x},${y},${tileWidth},${tileHeight}`;
  });
}

/** `hh:mm:ss.ttt` (WebVTT 4.1) */
function timestamp(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1_000) % 60];
  return `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(ms % 1_000).padStart(3, '0')}`;
}
