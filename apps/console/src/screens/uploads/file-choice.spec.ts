import { describe, expect, it } from '@jest/globals';
import type { UploadView } from '#libs/contracts';
import { titleOf, unfinished, uploadOf } from './file-choice';

const upload = (fields: Partial<UploadView>) =>
  ({ id: 'a', fileName: 'a.mp4', bytes: 10, state: 'receiving', ...fields }) as UploadView;

describe('the title of a new lecture', () => {
  it.each([
    ['第三课_施肥.mp4', '第三课 施肥'],
    ['a  b.c.mkv', 'a b.c'],
    ['no-extension', 'no-extension'],
    ['.mp4', '.mp4'],
  ])('of %s is %s', (name, title) => expect(titleOf(name)).toBe(title));

  it('is never longer than a title may be', () => {
    expect(titleOf('x'.repeat(5000))).toHaveLength(300);
  });
});

describe('a chosen file', () => {
  it('goes on with the unfinished upload of its name and size', () => {
    const uploads = [upload({ id: 'other', bytes: 11 }), upload({ id: 'same' })];
    expect(uploadOf({ name: 'a.mp4', size: 10 }, uploads)?.id).toBe('same');
    expect(uploadOf({ name: 'b.mp4', size: 10 }, uploads)).toBeUndefined();
  });

  it('does not go on with what is complete or being sent from this page', () => {
    const uploads = [upload({ id: 'done', state: 'done' }), upload({ id: 'here' }), upload({ id: 'open' })];
    expect(unfinished(uploads, new Set(['here'])).map(({ id }) => id)).toEqual(['open']);
  });
});
