import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { methodOf, readAnnouncement } from './tus-headers.js';

const lectureId = '0190f0f0-0000-7000-8000-000000000000';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const announced = (filename: string) =>
  readAnnouncement({
    'upload-length': '1',
    'upload-metadata': `filename ${base64(filename)},lectureId ${base64(lectureId)}`,
  });

describe('what the creator of an upload says', () => {
  it('never gives a name that is a path, empty, or holds what cannot be shown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (filename) => {
        const { fileName } = announced(filename);
        expect(fileName).toMatch(/^[^/\\\p{C}]{1,255}$/u);
        expect(fileName).toBe(fileName.trim());
      }),
    );
  });

  it('is kept to the letter, to be given back', () => {
    expect(announced('土壤.mp4').metadata).toBe(`filename ${base64('土壤.mp4')},lectureId ${base64(lectureId)}`);
  });

  it('takes a digest in capitals, too', () => {
    const sha256 = base64('AB'.repeat(32));
    const metadata = `lectureId ${base64(lectureId)},sha256 ${sha256}`;
    expect(readAnnouncement({ 'upload-defer-length': '1', 'upload-metadata': metadata })).toMatchObject({
      sha256: 'ab'.repeat(32),
      bytes: null,
      fileName: 'lecture',
    });
  });
});

describe('the method of a request', () => {
  it('is overridden on a POST only', () => {
    const headers = { 'x-http-method-override': 'patch' };
    expect([methodOf('POST', headers), methodOf('HEAD', headers), methodOf('POST', {})]).toEqual([
      'PATCH',
      'HEAD',
      'POST',
    ]);
  });
});
