import { require } from './fmp4/box.js';

const startOfFrame = 0xffc0;

/** The size of a baseline JPEG, from its SOF0 marker (ITU-T T.81 B.2.2). @throws {DomainError} `verify-failed` */
export function readJpegSize(file: Buffer): { width: number; height: number } {
  require(file.length > 4 && file.readUInt16BE(0) === 0xffd8, 'a still is not a JPEG');
  let at = 2;
  while (at + 9 < file.length && file.readUInt16BE(at) !== startOfFrame) at += 2 + file.readUInt16BE(at + 2);
  require(at + 9 < file.length, 'a still has no size');
  return { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) };
}
