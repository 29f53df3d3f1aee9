import type { AcceptedFacts, AudioFacts } from '#libs/domain';
import { downmix } from './audio-plan.js';
import type { Ffmpeg, Plan } from './ffmpeg.js';
import { gainFor, integratedLoudness } from './loudness-gate.js';
import { loudnessWindows, type Window } from './loudness-windows.js';
import { quietMs } from './patience.js';
import type { Limits } from './sandbox.js';

interface Listening {
  /** Absolute path of the original. */
  readonly source: string;
  readonly facts: AcceptedFacts;
  readonly signal?: AbortSignal | undefined;
}

/** A minute of sound takes a fraction of a second; what takes more is broken. */
const limits: Limits = { cpuSeconds: 30, memoryBytes: 4 * 1024 ** 3, fileBytes: 0 };

/** Momentary loudness, LUFS of the last 400 ms, every 100 ms (EBU Tech 3341). */
const momentary = /^lavfi\.r128\.M=(-?[\d.]+)$/;
/** The first values of a run are of less than 400 ms. */
const unfilled = 3;

/**
 * Listens to a few windows of the sound as it will be heard, and tells how much louder it must become to be speech at
 * the loudness of all other lectures.
 *
 * @throws {DomainError} `encode-*`
 */
export async function measureLoudness(
  ffmpeg: Ffmpeg,
  audio: AudioFacts,
  { source, facts, signal }: Listening,
): Promise<{ gainDb: number; cpuMs: number }> {
  const run = { source, limits, quietMs: quietMs(facts, 0), signal };
  const blocks: number[] = [];
  let cpuMs = 0;
  for (const window of loudnessWindows(audio, facts.video.seekPointsMs)) {
    const heardHere: number[] = [];
    cpuMs += await ffmpeg.measure(listeningPlan(audio, window), run, (line) => {
      const value = momentary.exec(line)?.[1];
      if (value !== undefined) heardHere.push(Number(value));
    });
    blocks.push(...heardHere.slice(unfilled));
  }
  return { gainDb: gainFor(integratedLoudness(blocks)), cpuMs };
}

const listeningPlan = (audio: AudioFacts, { fromMs, lengthMs }: Window): Plan => ({
  inputOptions: ['-ss', (fromMs / 1000).toFixed(3), '-t', (lengthMs / 1000).toFixed(3), '-vn', '-sn', '-dn'],
  filters: `[0:${audio.index}]${downmix},aresample=48000,ebur128=metadata=1,ametadata=print:key=lavfi.r128.M:direct=1:file=-[a]`,
  outputs: [{ options: ['-map', '[a]', '-f', 'null'], file: '-' }],
});
