import { DomainError } from '#libs/domain';
import { describe, expect, it } from '@jest/globals';
import { ComeBackLater, InvalidRequest, problemOf } from '../http/problem.js';
import { failureOf, toFailure } from './ingest-messages.js';
import { Posted } from './posted.js';

const across = (error: unknown) => failureOf(structuredClone(toFailure(error)));
const told = (error: unknown) => problemOf(error, 'en', 'request');

describe('an error that crosses from the thread of ingest', () => {
  it.each([
    new DomainError('batch-conflict', 'Batch 1 came before.'),
    new DomainError('not-signed-in', 'Sign in to use this.'),
    new InvalidRequest([{ pointer: '/id', detail: 'Invalid UUID' }]),
    new ComeBackLater('too-busy', 17),
    new ComeBackLater('too-fast', 4),
    Object.assign(new Error('a NUL'), { statusCode: 415 }),
    new Error('a fault of ours'),
    'no error at all',
  ])('is told as it would be without a thread: %s', (error) => {
    expect(told(across(error))).toEqual(told(error));
  });

  it('says when to come back, and where in our code a fault was', () => {
    expect(across(new ComeBackLater('too-fast', 4))).toEqual(new ComeBackLater('too-fast', 4));
    const fault = new Error('a fault of ours');
    expect(across(fault)).toMatchObject({ message: fault.message, stack: fault.stack });
  });
});

describe('what is posted', () => {
  it('goes in one message a turn of the event loop, in order', async () => {
    const messages: (readonly number[])[] = [];
    const posted = new Posted<number>((message) => messages.push(message));
    [1, 2, 3].forEach((number) => posted.post(number));
    expect(messages).toEqual([]);
    await new Promise(setImmediate);
    posted.post(4);
    await new Promise(setImmediate);
    expect(messages).toEqual([[1, 2, 3], [4]]);
  });
});
