import { describe, expect, test } from 'vitest';
import { localeOfHeader, localeOfTag } from '#lib/words/locale.ts';

describe('the reader’s language', () => {
  test.each([
    ['en-GB', 'en'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['zh_TW.UTF-8', 'zh-Hant'],
    ['de', undefined],
  ])('%s is %s', (tag, locale) => {
    expect(localeOfTag(tag)).toBe(locale);
  });

  test.each([
    [null, 'en'],
    ['', 'en'],
    ['de-DE,de;q=0.9', 'en'],
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-Hant'],
    ['de, zh-CN;q=0.5, en;q=0.7', 'en'],
    ['en;q=0, zh-HK;q=0.1', 'zh-Hant'],
  ])('a browser that asks for %s gets %s', (header, locale) => {
    expect(localeOfHeader(header)).toBe(locale);
  });
});
