import { describe, expect, it } from 'vitest';
import { percentOfShare, shareOfPercent } from '#lib/server/settings/margin.ts';

describe('the margin', () => {
  it.each([
    ['45', '0.45'],
    ['45.5', '0.455'],
    ['4.25 %', '0.0425'],
    ['45,5', '0.455'],
    ['100', '1'],
    ['0', '0'],
    ['30％', '0.3'],
    ['', 'none'],
  ])('typed as “%s” is kept as %s', (typed, share) => {
    expect(shareOfPercent(typed)).toBe(share);
  });

  it.each(['none', '0', '0.01', '0.1', '0.455', '0.0425', '1'])(
    '%s is shown in per cent and read back',
    (share) => {
      expect(shareOfPercent(percentOfShare(share))).toBe(share);
    },
  );

  it('that is no number comes back as it was typed', () => {
    expect(shareOfPercent('half')).toBe('half');
    expect(shareOfPercent('-5')).toBe('-5');
  });
});
