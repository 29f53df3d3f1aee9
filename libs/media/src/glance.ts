import type { TrackScan } from './packet-scan.js';
import { numberOf, type Fields, type ProbeReport } from './probe-report.js';

/** Seconds. */
const head = 8;
/** More than any codec makes; with more of them, the packets themselves are the cost. */
const maxPacketsASecond = 1_000;

/**
 * An hour of sound is told of in 170,000 lines, of which nothing matters but where it begins, where it ends, and how much it
 * is. So ffprobe is asked for its first seconds, and for what follows the last key frame.
 */
export const bothEnds = ['-read_intervals', `%+${head},99999999%`] as const;

/**
 * Whether a report of both ends tells as much of each track as one of everything; its bytes are reckoned from what the
 * index announces, then. Only MP4 and its kin announce it, and are sought by an index that names every packet.
 */
export function holdsBothEnds(report: ProbeReport): boolean {
  if (report.format['format_name']?.split(',')[0] !== 'mov' || report.streams.length === 0) return false;
  const reckoned = report.streams.map((stream) => reckonedBytes(stream, report.scans.get(Number(stream['index']))));
  if (reckoned.includes(null)) return false;
  report.packetBytes = Math.round(reckoned.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0));
  return true;
}

/** Of a track whose both ends were seen; null when they were not, or when it may be other than they look. */
function reckonedBytes(stream: Fields, scan: TrackScan | undefined): number | null {
  const announced = numberOf(stream['nb_frames']) ?? 0;
  if (!scan || announced < scan.packets) return null;
  const seconds = (scan.endAt(false) ?? 0) - (scan.firstAt() ?? 0);
  const isWhole = seconds > head + 1 && announced <= seconds * maxPacketsASecond;
  return isWhole ? (announced / scan.packets) * scan.bytes : null;
}
