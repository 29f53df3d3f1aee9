import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withoutMetadata } from './jpeg.js';

const segment = (marker: number, content: string | Buffer): Buffer => {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff]), bytes]);
};
const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);
const scan = Buffer.concat([segment(0xda, '\x01\x02'), Buffer.from([1, 0xff, 0, 0xff, 0xd3, 7, 0xff, 0xff, 0, 9])]);
const jpeg = (...parts: Buffer[]) => Buffer.concat([START, ...parts, END]);
const table = segment(0xdb, 'quantisation');
const exif = segment(0xe1, 'Exif\0\0 52.1 N 5.3 E');

describe('withoutMetadata', () => {
  it('takes out place, time, camera and comments, wherever they stand', () => {
    const told = jpeg(segment(0xe0, 'JFIF'), exif, table, segment(0xfe, 'by me'), scan, exif, scan);
    expect(withoutMetadata(told)).toEqual(jpeg(segment(0xe0, 'JFIF'), table, scan, scan));
  });

  it('cuts off what somebody has put behind the picture', () =>
    expect(withoutMetadata(Buffer.concat([jpeg(table, scan), Buffer.from('<script>')]))).toEqual(jpeg(table, scan)));

  it('takes nothing that is no whole JPEG, and never fails', () => {
    for (const part of [Buffer.from('GIF89a'), START, jpeg(table), jpeg(table, scan).subarray(0, -2), Buffer.alloc(0)])
      expect(withoutMetadata(part)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const found = withoutMetadata(Buffer.concat([START, table, noise]));
        expect(found === undefined || found.includes(table)).toBe(true);
      }),
    );
  });

  it('never lets a segment of Exif through', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(table, exif, scan)), (parts) => {
        expect(withoutMetadata(jpeg(...parts, scan))?.includes('Exif')).toBe(false);
      }),
    );
  });
});
