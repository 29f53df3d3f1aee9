import { describe, expect, it } from '@jest/globals';
import { holdsBothEnds } from './glance.js';
import { ProbeReport } from './probe-report.js';

/** What ffprobe tells of a sound track of so many packets, of which it was asked for those in `seconds`. */
function glanceAt(seconds: readonly (readonly [number, number])[], announced: number | string, format = 'mov,mp4') {
  const report = new ProbeReport(100_000_000);
  for (const [from, to] of seconds)
    for (let at = from; at < to; at++)
      report.add(`packet|stream_index=1|pts_time=${at}|dts_time=${at}|duration_time=1|size=100|flags=K_`);
  report.add(`stream|index=1|codec_type=audio|nb_frames=${announced}`);
  report.add(`format|format_name=${format}|nb_streams=2|duration=3600.0|start_time=0.0`);
  return report;
}
const ends = [
  [0, 8],
  [3598, 3600],
] as const;

describe('a glance at both ends of a sound track', () => {
  it('is enough where the index announces every packet, and tells how many bytes there are', () => {
    const report = glanceAt(ends, 3600);
    expect(holdsBothEnds(report)).toBe(true);
    expect(report.packetBytes).toBe(360_000);
  });

  it.each([
    ['the end was not found', glanceAt([[0, 8]], 3600)],
    ['nothing was found', glanceAt([], 3600)],
    ['nothing is announced', glanceAt(ends, 'N/A')],
    ['less is announced than there is', glanceAt(ends, 5)],
    ['more is announced than any codec makes', glanceAt(ends, 4_000_000_000)],
    ['the container is another', glanceAt(ends, 3600, 'matroska,webm')],
    ['there is no sound', new ProbeReport(1)],
  ])('is not enough where %s', (_, report) => {
    expect(holdsBothEnds(report)).toBe(false);
  });
});
