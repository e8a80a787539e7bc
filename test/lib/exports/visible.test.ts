import { expect, it } from 'vitest';
import { inOneLine, visible } from '#lib/exports/visible.ts';

it.each([
  ['plain 中文 “text” – 1,5', 'plain 中文 “text” – 1,5'],
  ['two\r\nlines\tand a tab', 'two\\r\\nlines\\tand a tab'],
  ['\u001b[2J\u009b31m\u0000', '\\u001b[2J\\u009b31m\\u0000'],
  ['abc\u202edcba', 'abc\\u202edcba'],
  ['👩‍❤️‍👨', '👩‍❤️‍👨'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

it.each([
  [' one  line\t', 'one  line'],
  ['two \r\n\n  lines\n', 'two lines'],
  [' \n ', ''],
])('%j is %j in one line', (text, line) => {
  expect(inOneLine(text)).toBe(line);
});
