import { boxAt, boxes, broken, require, type Box } from './box.js';

/** What a media segment holds, in ticks of its track. */
export interface MediaSegment {
  readonly startTicks: number;
  readonly durationTicks: number;
  /** From the file's start to the end of its first sample. */
  readonly keyBytes: number;
}

const flag = {
  baseDataOffset: 0x1,
  sampleDescription: 0x2,
  defaultDuration: 0x8,
  defaultSize: 0x10,
  defaultFlags: 0x20,
  defaultBaseIsMoof: 0x20000,
  dataOffset: 0x1,
  firstSampleFlags: 0x4,
  duration: 0x100,
  size: 0x200,
  flags: 0x400,
  compositionOffset: 0x800,
} as const;

const nonSync = 0x10000;
const idrSlice = 5;
const nalTypeMask = 0x1f;

interface Sample {
  readonly duration: number;
  /** From decoding to showing. */
  readonly offset: number;
  readonly size: number;
  readonly flags: number;
}

/**
 * Reads a media segment and holds it to HLS-F02 and HLS-F03: movie-fragment-relative addresses, a `tfdt` that goes on
 * where the last fragment ended, all samples inside, shown from its very beginning, and for video an IDR picture first.
 *
 * @throws {DomainError} `verify-failed`
 */
export function readMediaSegment(file: Buffer, kind: 'video' | 'audio'): MediaSegment {
  const found = boxes(file);
  const fragments = found.flatMap((box, index) =>
    box.type === 'moof' ? [readFragment(file, box, found[index + 1])] : [],
  );
  const [first] = fragments;
  if (!first) throw broken('a segment has no fragment');
  let end = first.startTicks;
  for (const { startTicks, durationTicks } of fragments) {
    require(startTicks === end, 'a fragment does not begin where the one before it ended');
    end += durationTicks;
  }
  if (kind === 'video') require(beginsWithIdr(file, first), 'a segment does not begin with an IDR picture');
  require(firstShown(fragments) === first.startTicks, 'a segment is not shown from when it is decoded');
  return {
    startTicks: first.startTicks,
    durationTicks: end - first.startTicks,
    keyBytes: first.dataAt + (first.samples[0]?.size ?? 0),
  };
}

/**
 * Moves a segment in time, in place: adds to the `tfdt` of its fragments, and numbers them.
 *
 * @returns whether anything has changed
 */
export function moveSegment(file: Buffer, ticks: number, sequence: number): boolean {
  let changed = false;
  for (const moof of boxes(file).filter(({ type }) => type === 'moof')) {
    const tfdt = boxAt(file, 'traf/tfdt', moof);
    const mfhd = boxAt(file, 'mfhd', moof);
    const start = readStart(file, tfdt) + ticks;
    require(file.readUInt8(tfdt.start) === 1, 'a fragment has no room for a long time');
    changed ||= ticks !== 0 || file.readUInt32BE(mfhd.start + 4) !== sequence;
    file.writeBigUInt64BE(BigInt(start), tfdt.start + 4);
    file.writeUInt32BE(sequence, mfhd.start + 4);
  }
  return changed;
}

interface Fragment {
  readonly startTicks: number;
  readonly durationTicks: number;
  readonly samples: readonly Sample[];
  readonly dataAt: number;
}

function readFragment(file: Buffer, moof: Box, mdat: Box | undefined): Fragment {
  const trafs = boxes(file, moof.start, moof.end).filter(({ type }) => type === 'traf');
  const [traf] = trafs;
  if (!traf || trafs.length !== 1 || mdat?.type !== 'mdat') throw broken('a fragment is not one track and its data');
  const defaults = readDefaults(file, boxAt(file, 'tfhd', traf));
  const runs = boxes(file, traf.start, traf.end)
    .filter(({ type }) => type === 'trun')
    .map((trun) => readRun(file, trun, defaults));
  const samples = runs.flatMap((run) => run.samples);
  require(samples.length > 0, 'a fragment holds no sample');
  const bytes = samples.reduce((sum, { size }) => sum + size, 0);
  require(bytes === mdat.end - mdat.start, 'a fragment lacks some of its data');
  return {
    startTicks: readStart(file, boxAt(file, 'tfdt', traf)),
    durationTicks: samples.reduce((sum, { duration }) => sum + duration, 0),
    samples,
    // Offsets count from the first byte of `moof`, its header included.
    dataAt: moof.start - 8 + (runs[0]?.dataOffset ?? 0),
  };
}

/** When the first picture is shown: with B-frames not always the first that is decoded. */
function firstShown(fragments: readonly Fragment[]): number {
  let earliest = Infinity;
  for (const { startTicks, samples } of fragments) {
    let at = startTicks;
    for (const { duration, offset } of samples) {
      earliest = Math.min(earliest, at + offset);
      at += duration;
    }
  }
  return earliest;
}

const flagsOf = (file: Buffer, { start }: Box): number => file.readUIntBE(start + 1, 3);

function readDefaults(file: Buffer, tfhd: Box): Sample {
  const flags = flagsOf(file, tfhd);
  require((flags & flag.defaultBaseIsMoof) !== 0, 'addresses are not relative to the fragment');
  require((flags & flag.baseDataOffset) === 0, 'addresses are absolute');
  let at = tfhd.start + 8 + (flags & flag.sampleDescription ? 4 : 0);
  const next = (present: number): number => {
    if (!(flags & present)) return 0;
    at += 4;
    return file.readUInt32BE(at - 4);
  };
  return {
    duration: next(flag.defaultDuration),
    size: next(flag.defaultSize),
    flags: next(flag.defaultFlags),
    offset: 0,
  };
}

function readRun(file: Buffer, trun: Box, defaults: Sample): { samples: Sample[]; dataOffset: number } {
  const flags = flagsOf(file, trun);
  const count = file.readUInt32BE(trun.start + 4);
  let at = trun.start + 8;
  const next = (present: number, otherwise: number): number => {
    if (!(flags & present)) return otherwise;
    at += 4;
    return file.readUInt32BE(at - 4);
  };
  const dataOffset = next(flag.dataOffset, 0) | 0;
  const firstFlags = next(flag.firstSampleFlags, defaults.flags);
  const samples = Array.from({ length: count }, (_, index): Sample => {
    const duration = next(flag.duration, defaults.duration);
    const size = next(flag.size, defaults.size);
    const own = next(flag.flags, index === 0 ? firstFlags : defaults.flags);
    const offset = next(flag.compositionOffset, 0) | 0;
    return { duration, size, flags: own, offset };
  });
  return { samples, dataOffset };
}

const readStart = (file: Buffer, { start }: Box): number =>
  file.readUInt8(start) === 1 ? Number(file.readBigUInt64BE(start + 4)) : file.readUInt32BE(start + 4);

/** Walks the length-prefixed NAL units of the first sample to its first slice (ISO/IEC 14496-10 7.4.1). */
function beginsWithIdr(file: Buffer, { samples: [first], dataAt }: Fragment): boolean {
  if (!first || first.flags & nonSync) return false;
  for (let at = dataAt; at + 5 <= dataAt + first.size; at += 4 + file.readUInt32BE(at)) {
    const type = file.readUInt8(at + 4) & nalTypeMask;
    if (type >= 1 && type <= idrSlice) return type === idrSlice;
  }
  return false;
}
