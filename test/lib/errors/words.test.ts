import { describe, expect, it } from 'vitest';
import { codes } from '#lib/errors/codes.ts';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { locales } from '#lib/words/locale.ts';
import { hasWord, word } from '#lib/words/word.ts';

describe('every refusal', () => {
  it.each(Object.entries(codes))(
    '%s has a sentence and a remedy in three languages that name only what it knows',
    (code, { params }) => {
      const given = Object.fromEntries(params.map((name) => [name, `<${name}>`]));
      for (const key of [`error.${code}`, `remedy.${code}`]) {
        expect(hasWord(key)).toBe(true);
        const texts = locales.map((locale) => word(locale, key, given));
        for (const text of texts) expect(text).not.toMatch(/undefined|\{|\}/);
        expect(texts.slice(1)).not.toContain(texts[0]);
      }
    },
  );

  it('answers with an error status', () => {
    for (const { status } of Object.values(codes)) expect(status).toBeGreaterThanOrEqual(400);
  });
});

describe('every reason of a rejected record', () => {
  it.each([
    'required',
    'instant',
    'day',
    'money',
    'whole',
    'number',
    'choice',
    'too_few_columns',
    'too_many_columns',
    'quotes',
    'too_long',
    'unreadable',
  ])('%s is said in words', (reason) => {
    expect(hasWord(`reject.${reason}`)).toBe(true);
  });
});

describe('explaining a failure', () => {
  it('gives code, sentence, remedy and cause in the language that was asked for', () => {
    const refusal = new Refusal('empty_file', { file: 'a.csv' }, new Error('0 bytes'));
    expect(explain(refusal, 'zh-Hans')).toEqual({
      code: 'empty_file',
      message: '文件 a.csv 是空的。',
      remedy: '请重新导出一次，确认文件里有内容再导入。',
      cause: '0 bytes',
    });
  });

  it('calls everything unexpected internal and keeps its cause', () => {
    expect(explain(new TypeError('x is not a function'), 'en')).toMatchObject({
      code: 'internal',
      cause: 'x is not a function',
    });
    expect(explain('gone', 'en')).toMatchObject({ code: 'internal', cause: 'gone' });
  });
});
