import { describe, expect, it } from 'vitest';
import { readVariants } from '#lib/experiments/variants.ts';

describe('variants as a list writes them', () => {
  it.each([
    ['usual:50, gift:50', [0.5, 0.5], ['usual', 'gift']],
    ['平时 80%、送礼 20%', [0.8, 0.2], ['平时', '送礼']],
    ['老话术：1；新话术：3', [0.25, 0.75], ['老话术', '新话术']],
    ['usual : 50 %, gift = 50 %', [0.5, 0.5], ['usual', 'gift']],
    ['A | B | C', [1 / 3, 1 / 3, 1 / 3], ['A', 'B', 'C']],
    ['script 1:50, script 2:50', [0.5, 0.5], ['script 1', 'script 2']],
  ])('%s', (text, shares, names) => {
    expect(readVariants(text)?.map(({ share }) => share)).toEqual(shares);
    expect(readVariants(text)?.map(({ name }) => name)).toEqual(names);
  });

  it.each([null, '', 'only one', 'a:50, a:50', 'a:50, b', 'a:0, b:100', ','])('are none in %s', (text) => {
    expect(readVariants(text)).toBeNull();
  });
});
