import { boxAt } from './boxes.js';
import {
  type Flaw,
  picture,
  otherPicture,
  sound,
  init,
  segment,
  captionFile,
  iframe,
  changed,
  inFile,
  inBox,
  renamed,
  inStream,
  flaw,
} from './making-flaws.js';

export const flawsOfFiles: readonly Flaw[] = [
  flaw(
    'HLS-S01',
    'a byte that is no UTF-8',
    inFile(sound, (file) => file.writeUInt8(0xe9, 8)),
  ),
  flaw(
    'HLS-F01',
    'no brand that is new enough',
    inFile(init, (file) => file.fill('isom', 8, boxAt(file, 'ftyp')?.end)),
  ),
  flaw('HLS-F01', 'no defaults', renamed(init, 'moov/mvex', 'free')),
  flaw('HLS-F01', 'a duration', inBox(init, 'moov/mvhd', 19, 1)),
  flaw('HLS-F02', 'no time', renamed(segment, 'moof/traf/tfdt', 'free')),
  flaw('HLS-F02', 'absolute addresses', inBox(segment, 'moof/traf/tfhd', 1, 0)),
  flaw(
    'HLS-F02',
    'data in another file',
    inFile(init, (file) => {
      file.writeUInt8(0, (boxAt(file, 'moov/trak/mdia/minf/dinf/dref')?.start ?? 0) + 8 + 8 + 3);
    }),
  ),
  flaw(
    'HLS-F03',
    'a first picture that is no IDR',
    inFile(segment, (file) => {
      const mdat = boxAt(file, 'mdat');
      for (let at = mdat?.start ?? 0; at < (mdat?.end ?? 0); at += 4 + file.readUInt32BE(at)) {
        if ((file.readUInt8(at + 4) & 0x1f) === 5) return void file.writeUInt8(0x41, at + 4);
      }
    }),
  ),
  flaw('HLS-F04', 'a level above 5.2', inBox(init, 'moov/trak/mdia/minf/stbl/stsd', 8 + 8 + 78 + 8 + 3, 62)),
  flaw(
    'HLS-F04',
    'parameters in the stream',
    inFile(init, (file) => {
      file.write('avc3', (boxAt(file, 'moov/trak/mdia/minf/stbl/stsd')?.start ?? 0) + 12, 'latin1');
    }),
  ),
  flaw('HLS-F04', 'an interlaced picture', inStream(picture, { field_order: 'tt' })),
  flaw('HLS-F04', 'another shape', inStream(otherPicture, { width: 320 })),
  flaw('HLS-F04', 'other colours', inStream(otherPicture, { color_space: 'smpte170m' })),
  flaw('HLS-F04', 'more than 60 pictures a second', inStream(picture, { r_frame_rate: '120/1' })),
  flaw('HLS-F05', 'another codec', inStream(sound, { codec_name: 'mp3' })),
  flaw('HLS-F05', 'too high a rate', inStream(sound, { bit_rate: '256000' })),
  flaw(
    'HLS-V08',
    'captions without a map of times',
    inFile(captionFile, (file) => file.fill('x', 8, 20)),
  ),
  flaw('HLS-V09', 'an I-frame that is cut off', (asset) =>
    changed(asset, iframe(asset), ({ body }) => ({ body: body.subarray(0, -1) })),
  ),
];
