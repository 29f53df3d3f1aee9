import { rateOf, segmentMs, toleratedMs, type AcceptedFacts, type AudioFacts } from '#libs/domain';
import type { Plan } from './ffmpeg.js';
import { frameCount } from './frame-grid.js';
import { cmaf, playlistFile } from './video-plan.js';

/**
 * Speech: one channel, 64 kbit/s. On speech the fast coder takes a quarter of the default's time, comes 7 dB nearer to the
 * source and adds 0.2 dB to a peak instead of 3 (measured with ffmpeg 5.1).
 */
const speech = [
  ...['-c:a', 'aac', '-profile:a', 'aac_low', '-aac_coder', 'fast', '-b:a', '64k', '-ac', '1', '-ar', '48000'],
];

/** Seconds that ffmpeg's AAC encoder puts before the sound. */
const priming = 1024 / 48_000;

/** One channel, as it will be heard; in floats, where a sum of channels has room above full scale. */
export const downmix = 'aformat=sample_fmts=fltp:channel_layouts=mono';

/**
 * Looks 5 ms ahead, and gives that delay back. Held at -3 dBFS, true peaks stay under -1 dBTP, those between samples and
 * those that the encoder adds.
 */
const limiter = 'alimiter=limit=0.708:level=0:latency=1';

/**
 * The sound of the whole edition, on the clock of its picture: silence where the source has none.
 *
 * @param gainDb that `measureLoudness` found
 */
export function audioPlan(
  { video }: AcceptedFacts,
  audio: AudioFacts,
  durationMs: number,
  gainDb: number,
): (folder: string) => Plan {
  const frames = frameCount(video.frameRate, durationMs);
  const end = (frames / rateOf(video.frameRate)).toFixed(6);
  const missingMs = Math.max(0, durationMs - audio.endMs) + toleratedMs(durationMs);
  const filters = [
    downmix,
    ...(audio.startMs > 0 ? [`adelay=${audio.startMs}:all=1`] : []),
    'aresample=48000:async=1:min_hard_comp=0.05',
    `volume=${gainDb.toFixed(2)}dB,${limiter}`,
    `apad=pad_dur=${Math.ceil(missingMs)}ms`,
    // The encoder puts its priming before the sound; taking as much away keeps lips and words together. By times, not by
    // samples: ffmpeg builds these filters anew where a source changes its channels.
    `atrim=start=${priming.toFixed(6)}:end=${end},asetpts=PTS-${priming}/TB`,
  ];
  return (folder) => ({
    inputOptions: ['-vn'],
    filters: `[0:${audio.index}]${filters.join(',')}[a]`,
    outputs: [
      {
        options: ['-map', '[a]', ...speech, ...cmaf(segmentMs), '-hls_segment_filename', `${folder}/%d.m4s`],
        file: `${folder}/${playlistFile}`,
      },
    ],
  });
}
