import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartLink, figureAddress, figureLink, isFigureLink, reportLink } from '#lib/ui/figure-link.ts';

const address = (link: string) => {
  const { pathname, searchParams } = new URL(link, 'http://127.0.0.1');
  const [, , report = '', column = ''] = pathname.split('/');
  return figureAddress(decodeURIComponent(report), decodeURIComponent(column), searchParams);
};

describe('the link of a number', () => {
  it('names report, column, parameters and row, and leaves out what is not given', () => {
    const where = ['store=解放碑店', 'channel=美团'];
    const link = figureLink(
      'funnel',
      'people',
      { from: '2026-10-19', view: null, by: undefined, where },
      { step_no: 4 },
    );
    expect(link).toBe(
      `/figure/funnel/people?${new URLSearchParams([
        ['from', '2026-10-19'],
        ['where', 'store=解放碑店'],
        ['where', 'channel=美团'],
        ['row', 'step_no:4'],
      ])}`,
    );
    expect(isFigureLink(new URL(link, 'http://127.0.0.1'))).toBe(true);
    expect(isFigureLink(new URL('/figures', 'http://127.0.0.1'))).toBe(false);
  });

  it('is read back as it was written, whatever the values hold', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    const name = fc.constantFrom('from', 'to', 'where', 'by');
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 3 }))),
        fc.dictionary(fc.constantFrom('segment', 'step_no'), fc.option(text)),
        fc.integer({ min: 1, max: 10_000 }),
        (params, key, page) => {
          const link = figureLink('funnel', 'people', params, key, page);
          expect(address(link)).toEqual({ report: 'funnel', column: 'people', params, key, page });
        },
      ),
    );
  });

  it('begins at the first page where the address names none that can be', () => {
    for (const page of ['0', '-1', '1.5', 'x', ''])
      expect(address(`/figure/funnel/people?page=${page}`).page).toBe(1);
  });
});

describe('the link of a chart', () => {
  it('is that of its number with a file at the end, and opens as no panel', () => {
    const number = {
      report: 'funnel',
      column: 'rate',
      params: { from: '2026-10-19' },
      key: { step_no: '3' },
    };
    expect(chartLink(number)).toBe('/figure/funnel/rate/chart.svg?from=2026-10-19&row=step_no%3A3');
    expect(isFigureLink(new URL(chartLink(number), 'http://127.0.0.1'))).toBe(false);
  });
});

describe('the link of a report', () => {
  it('carries the format only where one is asked for', () => {
    expect(reportLink('funnel', { from: '2026-10-19', where: [] })).toBe(
      '/api/reports/funnel?from=2026-10-19',
    );
    expect(reportLink('funnel', {}, 'arrow')).toBe('/api/reports/funnel?format=arrow');
  });
});
