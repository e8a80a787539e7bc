import { expect, it } from 'vitest';
import { visible } from '#lib/exports/visible.ts';

it.each([
  ['plain 中文 “text” – 1,5', 'plain 中文 “text” – 1,5'],
  ['two\r\nlines\tand a tab', 'two\\r\\nlines\\tand a tab'],
  ['\u001b[2J\u009b31m\u0000', '\\u001b[2J\\u009b31m\\u0000'],
  ['abc\u202edcba', 'abc\\u202edcba'],
  ['👩‍❤️‍👨', '👩‍❤️‍👨'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});
