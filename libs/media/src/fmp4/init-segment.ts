import { boxAt, boxes, broken, require, type Box } from './box.js';

/** What an initialisation segment says of its one track. */
export type InitSegment =
  | { kind: 'video'; codecs: string; timescale: number; width: number; height: number }
  | { kind: 'audio'; codecs: string; timescale: number; channels: number };

/** Brands that promise iso6 or what came after it (HLS-F01). */
const brands = new Set(['iso6', 'iso7', 'iso8', 'iso9', 'cmfc', 'cmf2']);
const fullBoxBytes = 4;
/** Object type indication of 14496-1. */
const mpeg4Audio = 0x40;

/**
 * Reads an initialisation segment and holds it to HLS-F01: a brand, `mvex`, one track, no samples, no duration.
 *
 * @throws {DomainError} `verify-failed`
 */
export function readInitSegment(file: Buffer): InitSegment {
  const [first, ...rest] = boxes(file);
  require(first?.type === 'ftyp', 'the initialisation segment does not begin with ftyp');
  require(hasBrand(file, first), 'no brand of iso6 or later is named');
  require(rest.some(({ type }) => type === 'moov') &&
    !rest.some(({ type }) => type === 'mdat'), 'the initialisation segment is not a movie without samples');
  const moov = boxAt(file, 'moov');
  boxAt(file, 'mvex/trex', moov);
  require(boxes(file, moov.start, moov.end).filter(({ type }) => type === 'trak').length ===
    1, 'there is not one track');
  require(durationOf(file, boxAt(file, 'mvhd', moov)) === 0, 'the movie header names a duration');
  require(durationOf(file, boxAt(file, 'trak/tkhd', moov), 4) === 0, 'the track header names a duration');
  return readTrack(file, boxAt(file, 'trak/mdia', moov));
}

function readTrack(file: Buffer, mdia: Box): InitSegment {
  const stbl = boxAt(file, 'minf/stbl', mdia);
  require(file.readUInt32BE(boxAt(file, 'stts', stbl).start + fullBoxBytes) === 0, 'the movie box holds samples');
  const mdhd = boxAt(file, 'mdhd', mdia);
  const timescale = file.readUInt32BE(mdhd.start + fullBoxBytes + 2 * wordBytes(file, mdhd));
  const stsd = boxAt(file, 'stsd', stbl);
  const [entry] = boxes(file, stsd.start + fullBoxBytes + 4, stsd.end);
  if (entry?.type === 'avc1') return { kind: 'video', timescale, ...readAvc1(file, entry) };
  if (entry?.type === 'mp4a') return { kind: 'audio', timescale, ...readMp4a(file, entry) };
  throw broken(`the sample entry is ${entry?.type ?? 'missing'}`);
}

/** ISO/IEC 14496-12 12.1.3 and 14496-15 5.3.3.1: 78 bytes of sample entry, then `avcC`. */
function readAvc1(file: Buffer, entry: Box) {
  const avcC = boxes(file, entry.start + 78, entry.end).find(({ type }) => type === 'avcC');
  if (!avcC) throw broken('there is no avcC');
  return {
    codecs: `avc1.${file.toString('hex', avcC.start + 1, avcC.start + 4)}`,
    width: file.readUInt16BE(entry.start + 24),
    height: file.readUInt16BE(entry.start + 26),
  };
}

/** ISO/IEC 14496-12 12.2.3 and 14496-1 7.2.6: 28 bytes of sample entry, then `esds`. */
function readMp4a(file: Buffer, entry: Box) {
  const esds = boxes(file, entry.start + 28, entry.end).find(({ type }) => type === 'esds');
  if (!esds) throw broken('there is no esds');
  const config = decoderConfig(file, esds.start + fullBoxBytes);
  require(config.oti === mpeg4Audio, 'the sound is not MPEG-4 audio');
  // AudioSpecificConfig (14496-3 1.6.2.1): 5 bits of object type, 4 of frequency, 4 of channels. The sample entry's own
  // channel count is 2 whatever is inside.
  const specific = file.readUInt16BE(config.specific);
  return { codecs: `mp4a.40.${specific >> 11}`, channels: (specific >> 3) & 0xf };
}

/** Walks ES_Descriptor (3) > DecoderConfigDescriptor (4) > DecoderSpecificInfo (5). */
function decoderConfig(file: Buffer, at: number): { oti: number; specific: number } {
  const es = descriptor(file, at, 3);
  const config = descriptor(file, es + 3, 4);
  return { oti: file.readUInt8(config), specific: descriptor(file, config + 13, 5) };
}

/** Offset of a descriptor's content, after its tag and its length of up to four bytes. */
function descriptor(file: Buffer, at: number, tag: number): number {
  require(file.readUInt8(at) === tag, `descriptor ${tag} is missing`);
  let content = at + 1;
  while (file.readUInt8(content) & 0x80) content++;
  return content + 1;
}

function hasBrand(file: Buffer, { start, end }: Box): boolean {
  const names = file.toString('latin1', start, end).match(/.{4}/gs) ?? [];
  return names.some((name, index) => index !== 1 && brands.has(name));
}

const wordBytes = (file: Buffer, box: Box): number => (file.readUInt8(box.start) === 1 ? 8 : 4);

/** @param extra bytes between the time scale's place and the duration's (`tkhd` has a track id and a reserved word). */
function durationOf(file: Buffer, box: Box, extra = 0): number {
  const word = wordBytes(file, box);
  const at = box.start + fullBoxBytes + 2 * word + 4 + extra;
  return word === 8 ? Number(file.readBigUInt64BE(at)) : file.readUInt32BE(at);
}
