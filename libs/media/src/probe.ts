import { stat } from 'node:fs/promises';
import { DomainError, type SourceFacts } from '#libs/domain';
import type { Ffmpeg } from './ffmpeg.js';
import { ProbeReport, probeEntries } from './probe-report.js';
import type { Limits } from './sandbox.js';
import { sourceFacts } from './source-facts.js';

/** Twelve hours of packets take about half a minute of CPU; nothing is decoded but the first frames. */
const limits: Limits = { cpuSeconds: 180, memoryBytes: 4 * 1024 ** 3, fileBytes: 0 };

/**
 * Opens an upload and counts its packets.
 *
 * @param path absolute
 * @throws {DomainError} a `source-*` code when it cannot even be read
 */
export async function probeSource(ffmpeg: Ffmpeg, path: string, signal?: AbortSignal): Promise<SourceFacts> {
  const { size } = await stat(path);
  if (size === 0) throw new DomainError('source-empty', 'The file holds not one byte.');
  const report = new ProbeReport(size);
  const options = ['-show_entries', probeEntries, '-of', 'compact'];
  await ffmpeg.probe(options, { source: path, limits, signal }, (line) => report.add(line));
  if (report.amplified)
    throw new DomainError('source-too-costly', 'It shows the same few bytes again and again, far beyond its size.');
  return sourceFacts(report, size);
}
