import { describe, expect, it } from 'vitest';
import { calculators } from '#lib/stats/calculators.ts';
import { sevensteps } from './command-line.ts';

const asked = async (...words: string[]) => sevensteps('nowhere', ['stats', ...words]);

describe('sevensteps stats', () => {
  it('gives the figures of Newcombe’s example 56 of 70 and 48 of 80', async () => {
    const { out, code } = await asked('two-proportions', '56', '70', '48', '80', '--format', 'json');
    const figures = JSON.parse(out) as Record<string, number>;
    expect(code).toBe(0);
    expect(figures['difference']).toBeCloseTo(0.2, 12);
    expect(figures['newcombe_low']).toBeCloseTo(0.0524, 4);
    expect(figures['newcombe_high']).toBeCloseTo(0.3339, 4);
  });

  it('compares means whose standard deviations are known as Welch 1947 does', async () => {
    const { out } = await asked('two-means', '20', '4', '25', '17', '2', '16', '--format', 'json');
    const figures = JSON.parse(out) as Record<string, number>;
    expect(figures['difference']).toBeCloseTo(3, 10);
    expect(figures['standard_error']).toBeCloseTo(Math.sqrt(16 / 25 + 4 / 16), 10);
  });

  it.each(['en', 'zh-Hans', 'zh-Hant'])('lists every method with what it does, in %s', async (lang) => {
    const { out, code } = await asked('--lang', lang);
    expect(code).toBe(0);
    for (const name of Object.keys(calculators))
      expect(out).toMatch(new RegExp(`^${name} [A-Z].+\\s{2,}\\S+`, 'm'));
    expect(out).not.toContain('stats.');
  });

  it.each([
    [['no-such-method']],
    [['two-proportions', '71', '70', '48', '80']],
    [['two-proportions', '56', '70', '48']],
    [['proportion', '1.5', '3']],
    [['proportion', '0', '0']],
    [['adjusted-p', '0.2', '1.2']],
    [['adjusted-p', '']],
    [['binomial-test', '3', '10', '1']],
    [['sample-ratio', '0', '0']],
  ])('says how it is asked instead of an answer to %j', async (words) => {
    const { code, out, messages } = await asked(...words);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(messages).toContain('stats');
  });
});
