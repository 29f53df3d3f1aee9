import { describe, expect, it } from '@jest/globals';
import { firstLanguage } from './i18n';

describe('the first language', () => {
  it('is the one chosen here before', () => {
    expect(firstLanguage('en', ['zh-CN'])).toBe('en');
  });

  it('is else the first of the browser that we speak', () => {
    expect(firstLanguage(null, ['fr', 'en-GB', 'zh'])).toBe('en');
    expect(firstLanguage(null, ['zh-Hans-CN', 'en'])).toBe('zh-CN');
    expect(firstLanguage('nonsense', ['en'])).toBe('en');
  });

  it('is else Chinese', () => {
    expect(firstLanguage(null, ['fr'])).toBe('zh-CN');
    expect(firstLanguage(null, [])).toBe('zh-CN');
  });
});
