import { type Box, boxAt, boxesAt, boxesIn, Cursor, flagsOf, versionOf } from './boxes.js';

/** What an initialisation section says, as far as rules ask. */
export interface Movie {
  readonly boxes: readonly string[];
  readonly brands: readonly string[];
  readonly tracks: number;
  readonly defaults: number;
  /** Named by the sample tables of all tracks. */
  readonly samples: number;
  /** Of the movie's and the tracks' headers, in ticks. */
  readonly durations: readonly number[];
  readonly timescale: number;
  /** `avc1`, `mp4a` … */
  readonly entries: readonly string[];
  /** Profile and level of AVC, as the sample entry has them. */
  readonly profile: number | undefined;
  readonly level: number | undefined;
  /** Whether a data reference points at another file. */
  readonly isElsewhere: boolean;
}

const sampleEntryBytes = 78;

/** Reads what is there; what is missing is empty, so that a rule can say so. */
export function readMovie(file: Buffer): Movie {
  const stsd = boxesAt(file, 'moov/trak/mdia/minf/stbl/stsd');
  const entries = stsd.flatMap(({ start, end }) => boxesIn(file, start + 8, end));
  const avcC = entries
    .filter(({ type }) => type.startsWith('avc'))
    .flatMap(({ start, end }) => boxesIn(file, start + sampleEntryBytes, end))
    .find(({ type }) => type === 'avcC');
  const ftyp = boxAt(file, 'ftyp');
  return {
    boxes: boxesIn(file).map(({ type }) => type),
    brands: ftyp
      ? (file.toString('latin1', ftyp.start, ftyp.end).match(/.{4}/gs) ?? []).filter((_, at) => at !== 1)
      : [],
    tracks: boxesAt(file, 'moov/trak').length,
    defaults: boxesAt(file, 'moov/mvex/trex').length,
    samples: boxesAt(file, 'moov/trak/mdia/minf/stbl/stsz').reduce(
      (sum, box) => sum + file.readUInt32BE(box.start + 8),
      0,
    ),
    durations: [
      ...boxesAt(file, 'moov/mvhd').map((box) => durationOf(file, box, 0)),
      ...boxesAt(file, 'moov/trak/tkhd').map((box) => durationOf(file, box, 4)),
    ],
    timescale: boxesAt(file, 'moov/trak/mdia/mdhd').map((box) => timescaleOf(file, box))[0] ?? Number.NaN,
    entries: entries.map(({ type }) => type),
    profile: avcC && file.readUInt8(avcC.start + 1),
    level: avcC && file.readUInt8(avcC.start + 3),
    isElsewhere: boxesAt(file, 'moov/trak/mdia/minf/dinf/dref').some(({ start, end }) =>
      boxesIn(file, start + 8, end).some((box) => (flagsOf(file, box) & 1) === 0),
    ),
  };
}

const times = (file: Buffer, box: Box): Cursor =>
  new Cursor(file, box.start + 4).skip(versionOf(file, box) === 1 ? 16 : 8);
const timescaleOf = (file: Buffer, box: Box): number => times(file, box).uint32();
/** @param extra bytes before the duration that this kind of header has besides. */
const durationOf = (file: Buffer, box: Box, extra: number): number =>
  times(file, box)
    .skip(4 + extra)
    .word(versionOf(file, box));

export interface Sample {
  readonly duration: number;
  readonly size: number;
  readonly flags: number;
  /** From decoding to showing. */
  readonly offset: number;
}

export interface Fragment {
  readonly tracks: number;
  /** When its first sample is decoded, in ticks; undefined when `tfdt` is missing. */
  readonly start: number | undefined;
  readonly isRelative: boolean;
  readonly samples: readonly Sample[];
  /** Where in the file its first sample lies. */
  readonly dataAt: number;
}

/** The fragments of a media segment, in order. */
export const readFragments = (file: Buffer): Fragment[] =>
  boxesAt(file, 'moof').map((moof) => readFragment(file, moof));

function readFragment(file: Buffer, moof: Box): Fragment {
  const trafs = boxesAt(file, 'traf', moof);
  const tfdt = boxAt(file, 'traf/tfdt', moof);
  const tfhd = boxAt(file, 'traf/tfhd', moof);
  const truns = boxesAt(file, 'traf/trun', moof);
  const flags = tfhd ? flagsOf(file, tfhd) : 0;
  const defaults = tfhd ? readDefaults(file, tfhd) : noDefaults;
  const [first] = truns;
  return {
    tracks: trafs.length,
    start: tfdt && new Cursor(file, tfdt.start + 4).word(versionOf(file, tfdt)),
    isRelative: (flags & 0x20000) !== 0 && (flags & 0x1) === 0,
    samples: truns.flatMap((trun) => readRun(file, trun, defaults)),
    dataAt: moof.at + (first ? file.readInt32BE(first.start + 8) : 0),
  };
}

const noDefaults: Sample = { duration: 0, size: 0, flags: 0, offset: 0 };

function readDefaults(file: Buffer, tfhd: Box): Sample {
  const flags = flagsOf(file, tfhd);
  const cursor = new Cursor(file, tfhd.start + 8).skip(flags & 0x1 ? 8 : 0).skip(flags & 0x2 ? 4 : 0);
  const next = (bit: number): number => (flags & bit ? cursor.uint32() : 0);
  return { duration: next(0x8), size: next(0x10), flags: next(0x20), offset: 0 };
}

function readRun(file: Buffer, trun: Box, defaults: Sample): Sample[] {
  const flags = flagsOf(file, trun);
  const cursor = new Cursor(file, trun.start + 4);
  const count = cursor.uint32();
  if (flags & 0x1) cursor.skip(4);
  const firstFlags = flags & 0x4 ? cursor.uint32() : defaults.flags;
  const next = (bit: number, otherwise: number): number => (flags & bit ? cursor.uint32() : otherwise);
  return Array.from({ length: count }, (_, index) => ({
    duration: next(0x100, defaults.duration),
    size: next(0x200, defaults.size),
    flags: next(0x400, index === 0 ? firstFlags : defaults.flags),
    offset: next(0x800, 0) | 0,
  }));
}

export const ticksOf = ({ samples }: Fragment): number => samples.reduce((sum, { duration }) => sum + duration, 0);

const idr = 5;
const isSlice = (type: number): boolean => type >= 1 && type <= idr;

/** Whether a fragment's first sample is whole within `file` and an IDR picture (ISO/IEC 14496-10 7.4.1). */
export function beginsWithIdr(file: Buffer, { samples: [first], dataAt }: Fragment): boolean {
  if (!first || first.flags & 0x10000 || dataAt + first.size > file.length) return false;
  for (let at = dataAt; at + 5 <= dataAt + first.size; at += 4 + file.readUInt32BE(at)) {
    const type = file.readUInt8(at + 4) & 0x1f;
    if (isSlice(type)) return type === idr;
  }
  return false;
}
