import { stat } from 'node:fs/promises';
import { DomainError, isAmplified, type SourceFacts } from '#libs/domain';
import type { Ffmpeg } from './ffmpeg.js';
import { bothEnds, holdsBothEnds } from './glance.js';
import { readingMs } from './patience.js';
import { joinReports, ProbeReport, probeEntries } from './probe-report.js';
import type { Limits } from './sandbox.js';
import { sourceFacts } from './source-facts.js';

/**
 * Twelve hours of packets take about half a minute of CPU; nothing is decoded but the first frames. A small file holds no
 * twelve hours: whatever takes so long to read of it is meant to.
 */
export const probeLimits = (bytes: number): Limits => ({
  cpuSeconds: Math.min(180, 30 + bytes / (16 * 1024 ** 2)),
  memoryBytes: 4 * 1024 ** 3,
  fileBytes: 0,
});

/** In a smaller file, all of the sound is read as soon as a part of it. */
const largeBytes = 16 * 1024 ** 2;

/** Pictures, sound and texts are read at once: telling of an hour's packets is most of the work. */
const kinds = ['v', 'a', 's'] as const;

/**
 * Opens an upload and counts its packets.
 *
 * @param path absolute
 * @throws {DomainError} a `source-*` code when it cannot even be read
 */
export async function probeSource(ffmpeg: Ffmpeg, path: string, signal?: AbortSignal): Promise<SourceFacts> {
  const { size } = await stat(path);
  if (size === 0) throw new DomainError('source-empty', 'The file holds not one byte.');
  const report = joinReports(await readAll(ffmpeg, path, size, signal));
  if (isAmplified(report.packetBytes, size))
    throw new DomainError('source-too-costly', 'It shows the same few bytes again and again, far beyond its size.');
  return sourceFacts(report, size);
}

/** One report for each kind of track; the first that cannot be made ends the others. */
async function readAll(ffmpeg: Ffmpeg, source: string, bytes: number, signal?: AbortSignal): Promise<ProbeReport[]> {
  const failed = new AbortController();
  const run = { source, limits: probeLimits(bytes), quietMs: readingMs(bytes) };
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const read = async (kind: (typeof kinds)[number], where: readonly string[] = []): Promise<ProbeReport> => {
    const report = new ProbeReport(bytes);
    const options = [...where, '-select_streams', kind, '-show_entries', probeEntries, '-of', 'compact'];
    await ffmpeg.probe(options, { ...run, signal: either }, (line) => report.add(line));
    return report;
  };
  const readSound = async (): Promise<ProbeReport> => {
    const glance = bytes < largeBytes ? undefined : await read('a', bothEnds).catch(() => undefined);
    return glance && holdsBothEnds(glance) ? glance : read('a');
  };
  const reading = kinds.map((kind) => (kind === 'a' ? readSound() : read(kind)));
  try {
    return await Promise.all(reading);
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(reading);
    throw error;
  }
}
