import { describe, expect, test } from 'vitest';
import type { FunnelChangeRow, FunnelRow } from '#lib/server/reports.gen.ts';
import { stepsView } from '../../../src/routes/week/steps.ts';

/** A row of the funnel in which only what is given is known. */
function step(step_no: number, known: Partial<FunnelRow>): FunnelRow {
  return {
    segment: 'all',
    step_no,
    step: '',
    aida: null,
    people: null,
    rate: null,
    rate_from: null,
    rate_hits: null,
    rate_base: null,
    rate_low: null,
    rate_high: null,
    rate_note: null,
    overall_rate: null,
    skipped: null,
    cancelled_people: null,
    amount: null,
    source_stores: null,
    all_stores: null,
    ...known,
  };
}

const counted = { method: 'count', reference_weeks: 1, running: false } as const;

/** A comparison in which only what is given is known. */
function change(
  step_no: number,
  figure: 'people' | 'rate',
  known: Partial<FunnelChangeRow>,
): FunnelChangeRow {
  return { segment: 'all', step_no, figure, ...counted, ...known } as FunnelChangeRow;
}

const funnel = [
  step(0, {}),
  step(1, {}),
  step(2, { people: 214, source_stores: 4, all_stores: 5 }),
  step(3, {
    people: 121,
    rate: 121 / 214,
    rate_from: 2,
    rate_hits: 121,
    rate_base: 214,
    rate_note: 'not_nested',
  }),
  step(4, { people: 44, rate: 44 / 121, rate_from: 3, rate_hits: 44, rate_base: 121, cancelled_people: 2 }),
  step(5, { people: 0, rate: 0, rate_from: 4, rate_hits: 0, rate_base: 44 }),
  step(6, { people: 0, rate_from: 4, rate_hits: 0, rate_base: 0, rate_note: 'zero_base' }),
];

describe('the seven steps in the reader’s figures', () => {
  test('a step without a source has no number, a quiet one has 0', () => {
    const { steps } = stepsView('en', funnel, [], {});
    expect(steps.map(({ people }) => people)).toEqual([null, null, '214', '121', '44', '0', '0']);
    expect(steps[1]?.rate).toBeNull();
  });

  test('a rate has its counts beside it; an empty denominator has none, and the reason', () => {
    const { steps } = stepsView('en', funnel, [], {});
    expect(steps[4]?.rate).toMatchObject({ text: '36.4%', hits: '44', base: '121', from: 3 });
    expect(steps[6]?.rate).toMatchObject({ text: null, note: 'zero_base' });
  });

  test('says which stores are in a number and how many have cancelled', () => {
    const { steps } = stepsView('en', funnel, [], {});
    expect(steps[2]?.sources).toEqual({ have: '4', all: '5' });
    expect(steps[4]?.cancelled).toBe('2');
  });

  test('compares large counts in per cent and small ones by the count before', () => {
    const { steps } = stepsView(
      'en',
      funnel,
      [
        change(2, 'people', {
          compared: 214,
          reference: 201,
          ratio_change: 214 / 201 - 1,
          verdict: 'within_noise',
        }),
        change(4, 'people', {
          compared: 44,
          reference: 49,
          ratio_change: 44 / 49 - 1,
          verdict: 'within_noise',
        }),
      ],
      {},
    );
    expect(steps[2]?.change).toMatchObject({ text: '+6.5%', was: null });
    expect(steps[4]?.change).toMatchObject({ text: null, was: '49' });
  });

  test('fills the dot of what is more than noise and leaves the others hollow', () => {
    const rates = (verdict: string) =>
      stepsView(
        'en',
        funnel,
        [
          change(4, 'rate', {
            compared: 44 / 121,
            reference: 66 / 127,
            change: 44 / 121 - 66 / 127,
            ratio_change: 44 / 121 / (66 / 127) - 1,
            usual_low: 0.3,
            usual_high: 0.6,
            method: 'log_ratio',
            verdict,
          }),
        ],
        {},
      ).steps[4]?.rate;
    expect(rates('more_than_noise')?.mark?.filled).toBe(true);
    expect(rates('within_noise')?.mark?.filled).toBe(false);
    expect(rates('within_noise')).toMatchObject({
      usual: '30.0–60.0%',
      change: { points: '−15.6', was: '52.0%', verdict: 'within_noise' },
    });
    expect(rates('within_noise')?.mark).toMatchObject({ whisker: null, usual: { to: { off: null } } });
  });

  test('counts further orders of old clients beside the step of first orders, and nowhere else', () => {
    const { steps } = stepsView('en', funnel, [], {}, { orders: 2, link: '/repeats' });
    expect(steps.map(({ repeat }) => repeat?.count)).toEqual(
      Array.from({ length: 7 }, (_, no) => (no === 4 ? '2' : undefined)),
    );
    expect(stepsView('en', funnel, [], {}, { orders: 0, link: '' }).steps[4]?.repeat).toBeNull();
  });

  test('does not pass off for usual what chance may have taken beyond the usual range', () => {
    const isBeyond = (compared: number, verdict: string) =>
      stepsView('en', funnel, [change(4, 'rate', { compared, usual_low: 0.3, usual_high: 0.6, verdict })], {})
        .steps[4]?.rate?.change?.isBeyond;
    expect(isBeyond(0.29, 'within_noise')).toBe(true);
    expect(isBeyond(0.61, 'within_noise')).toBe(true);
    expect(isBeyond(0.3, 'within_noise')).toBe(false);
    expect(isBeyond(0.29, 'more_than_noise')).toBe(false);
  });

  test('says above one in five how many skipped a step', () => {
    const skipping = (skipped: number) =>
      stepsView('en', [...funnel.slice(0, 3), { ...funnel[3]!, skipped }, ...funnel.slice(4)], [], {})
        .steps[3]?.rate?.skipped;
    expect(skipping(24)).toBeNull();
    expect(skipping(25)).toEqual({ step: 3, people: '25', of: '121' });
  });

  test('the true scale starts from the widest step that is known', () => {
    const { strip } = stepsView('en', funnel, [], {});
    expect(strip.map(({ no }) => no)).toEqual([2, 3, 4]);
    expect(strip[0]?.share).toBe(1);
  });
});
