import { rateOf, toleratedMs, type AudioFacts, type SourceFacts, type VideoFacts } from '#libs/domain';
import type { Plan } from './ffmpeg.js';
import { frameCount } from './picture-filters.js';
import { cmaf, playlistFile } from './video-plan.js';

/** Speech: one channel, 64 kbit/s. */
const speech = ['-c:a', 'aac', '-profile:a', 'aac_low', '-b:a', '64k', '-ac', '1', '-ar', '48000'];

/** Seconds that ffmpeg's AAC encoder puts before the sound. */
const priming = 1024 / 48_000;

/** The sound of the whole edition, on the clock of its picture: silence where the source has none. */
export function audioPlan(
  { video }: SourceFacts & { readonly video: VideoFacts },
  audio: AudioFacts,
  durationMs: number,
): (folder: string) => Plan {
  const frames = frameCount(video.frameRate, durationMs);
  const end = (frames / rateOf(video.frameRate)).toFixed(6);
  const missingMs = Math.max(0, durationMs - audio.endMs) + toleratedMs(durationMs);
  const filters = [
    ...(audio.startMs > 0 ? [`adelay=${audio.startMs}:all=1`] : []),
    'aresample=48000:async=1:min_hard_comp=0.05',
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
        options: ['-map', '[a]', ...speech, ...cmaf, '-hls_segment_filename', `${folder}/%d.m4s`],
        file: `${folder}/${playlistFile}`,
      },
    ],
  });
}
