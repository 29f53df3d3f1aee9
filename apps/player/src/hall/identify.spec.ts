/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import { createHash, pbkdf2Sync } from 'node:crypto';
import { cardCheckOf, identify, type Learner } from './identify.js';

const cards = { salt: 'hall 1', iterations: 1000 };
const checkOf = (card: string) =>
  pbkdf2Sync(createHash('sha256').update(card).digest('hex'), cards.salt, 1000, 16, 'sha256').toString('hex');
const learner = (id: string, code: string, card?: string): Learner => {
  return { id, name: id, code, hasPin: false, cardCheck: card === undefined ? null : checkOf(card) };
};
const roster = [learner('ana', 'A1', 'f00d-1'), learner('bo', 'B2'), learner('cy', 'C3', 'B2')];

describe('identify', () => {
  const who = async (typed: string) => {
    const found = await identify(typed, { roster, cards });
    return found && `${found.learner.id} by ${found.by}`;
  };

  it('works out of a card what the house works out', async () => {
    expect(await cardCheckOf('卡 7', cards)).toBe(checkOf('卡 7'));
  });

  it('knows a card, and a code however it is written', async () => {
    expect(await who('f00d-1')).toBe('ana by card');
    expect(await who('a1')).toBe('ana by code');
  });

  it('takes a card for its holder, though it reads like another’s code', async () => {
    expect(await who('B2')).toBe('cy by card');
  });

  it('knows no card of another roster', async () => expect(await who('f00d-2')).toBeUndefined());
});
