import { describe, expect, it } from 'vitest';
import { codes } from '#lib/errors/codes.ts';
import type { Code, ParamsOf } from '#lib/errors/codes.ts';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { NO_COLUMN } from '#lib/exports/layout.ts';
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

describe('the remedy of a refusal', () => {
  const given = (params: readonly string[]) => Object.fromEntries(params.map((name) => [name, 'x']));
  /** What only a command line or a program can do. */
  const typed = /(^|\s|：|“|「)--[a-z]|sevensteps |\bPOST\b|\bGET\b|upload_limit/;
  /** Refusals of what only a command line or a program asks. */
  const neverOnPages =
    /^(usage|bad_map|unknown_token|token_|bad_token|unread_media|unknown_setting|folder_read)/;

  it.each(Object.entries(codes).filter(([code]) => !neverOnPages.test(code)))(
    '%s says on a page what to click, never what to type into a command line',
    (code, { params }) => {
      for (const locale of locales) {
        const refusal = new Refusal(code as Code, given(params) as ParamsOf);
        expect(explain(refusal, locale, 'page').remedy).not.toMatch(typed);
      }
    },
  );

  it('says to whoever sends records what to send', () => {
    const refusal = new Refusal('ambiguous_dates', {
      file: 'orders.json',
      field: 'ordered_at',
      header: 'ordered_at',
      samples: '03/04/2024',
    });
    expect(explain(refusal, 'en', 'command').remedy).toContain('--dates ordered_at=dmy');
    expect(explain(refusal, 'en', 'api').remedy).toBe(
      'Send days as year-month-day, for instance 2026-03-08.',
    );
  });

  it('calls the settings of a funnel on a page as its form does', () => {
    const refusal = new Refusal('bad_combination', { first: 'order=unordered', second: 'open=true' });
    expect(explain(refusal, 'en', 'page').message).toBe(
      '“in any order” and “may begin at any step” cannot be asked together.',
    );
    expect(explain(refusal, 'en', 'api').message).toContain('order=unordered');
  });

  it('calls lists and fields on a page as the pages do', () => {
    const params = { file: 'a.csv', table: 'leads', fields: 'lead_id, created_at' };
    const refusal = new Refusal('missing_required_column', params);
    expect(explain(refusal, 'zh-Hans', 'page').message).toBe(
      '文件 a.csv 看起来是 客资，但缺少这些列：客资编号、创建时间。',
    );
    expect(explain(refusal, 'zh-Hans', 'command').message).toContain('leads');
  });
});

describe('columns that are others than last time', () => {
  const told = (gone: string, fresh: string) =>
    explain(new Refusal('layout_changed', { file: 'a.csv', gone, fresh }), 'zh-Hans', 'page').message;

  it.each([
    ['电话', NO_COLUMN, '少了：电话。'],
    [NO_COLUMN, '备注', '多了：备注。'],
    ['电话', '备注', '少了：电话。多了：备注。'],
    [NO_COLUMN, NO_COLUMN, '列的顺序变了。'],
  ])('are told as gone %s and new %s, without the half that is nothing', (gone, fresh, said) => {
    expect(told(gone, fresh)).toBe(`文件 a.csv 的列和上次认列时不一样了。${said}`);
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
    'scientific',
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
    expect(explain(refusal, 'zh-Hans', 'page')).toEqual({
      code: 'empty_file',
      message: '文件 a.csv 是空的。',
      remedy: '请重新导出一次，确认文件里有内容再导入。',
      cause: '0 bytes',
    });
  });

  it('calls everything unexpected internal and keeps its cause', () => {
    expect(explain(new TypeError('x is not a function'), 'en', 'command')).toMatchObject({
      code: 'internal',
      cause: 'x is not a function',
    });
    expect(explain('gone', 'en', 'api')).toMatchObject({ code: 'internal', cause: 'gone' });
  });
});
