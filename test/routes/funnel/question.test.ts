import { describe, expect, it } from 'vitest';
import { addressOf, questionIn } from '../../../src/routes/funnel/question.ts';
import * as upsells from '../../../src/routes/upsells/question.ts';

const read = (query: string) => questionIn(new URLSearchParams(query));

describe('the address of the Funnel page', () => {
  it('says nothing of what stands at its default', () => {
    expect(addressOf(read(''))).toBe('/funnel');
  });

  it.each([
    '/funnel?from=2025-01-06&to=2025-06-29',
    '/funnel?by=store&where=channel%3D%E6%8A%96%E9%9F%B3&where=city%3D&step=bought&grain=month&all=1',
  ])('is read and written back the same: %s', (address) => {
    expect(addressOf(read(address.split('?')[1] ?? ''))).toBe(address);
  });

  it('keeps each filter once, in one order', () => {
    expect(read('where=store=b&where=&where=channel=a&where=store=b').where).toEqual([
      'channel=a',
      'store=b',
    ]);
  });

  it.each([
    ['from=2025-13-01', 'bad_date'],
    ['grain=day', 'bad_choice'],
    ['step=active&step=bought', 'bad_choice'],
  ])('refuses %s', (query, code) => {
    expect(() => read(query)).toThrow(expect.objectContaining({ code }));
  });
});

describe('the address of the Upsells page', () => {
  it.each(['/upsells', '/upsells?from=2025-01-06&to=2025-06-29&view=cohort&where=store%3DA&at=pickup'])(
    'is read and written back the same: %s',
    (address) => {
      const query = new URLSearchParams(address.split('?')[1] ?? '');
      expect(upsells.addressOf(upsells.questionIn(query))).toBe(address);
    },
  );
});
