import { describe, expect, test } from 'vitest';
import { count, money, percent, percentRange, points, ratio, relative, times } from '#lib/ui/numbers.ts';

describe('numbers as they are printed', () => {
  test('counts have their thousands apart', () => {
    expect(count('en', 63_200)).toBe('63,200');
    expect(count('zh-Hans', 63_200)).toBe('63,200');
  });

  test('rates have the decimals that their size needs', () => {
    expect([0, 0.5647, 0.0142, 0.0019].map((rate) => percent('en', rate))).toEqual([
      '0.0%',
      '56.5%',
      '1.42%',
      '0.190%',
    ]);
    expect(percentRange('en', 0.283, 0.452)).toBe('28.3–45.2%');
  });

  test('signs are a real minus, a plus, or none for nothing', () => {
    expect(points('en', -0.156, 0.52)).toBe('−15.6');
    expect(points('en', -0.0008, 0.0149)).toBe('−0.08');
    expect(relative('en', 0.073)).toBe('+7.3%');
    expect(relative('en', 0)).toBe('0.0%');
    expect(relative('en', 3.2)).toBe('+320%');
  });

  test('magnifications are short', () => {
    expect([4.18, 70.6].map((factor) => times('en', factor))).toEqual(['×4.2', '×71']);
  });

  test('ratios of odds always have two significant digits', () => {
    expect([0.6, 1.04, 0.0857, 12.3].map((odds) => ratio('en', odds))).toEqual([
      '0.60',
      '1.0',
      '0.086',
      '12',
    ]);
  });

  test('money has its sign and loses nothing of a large amount', () => {
    expect(money('zh-Hans', 'CNY', '414700.00')).toBe('¥414,700');
    expect(money('en', 'CNY', '-90060.00')).toBe('−¥90,060');
    expect(money('en', 'CNY', '9007199254740993.00')).toBe('¥9,007,199,254,740,993');
  });
});
