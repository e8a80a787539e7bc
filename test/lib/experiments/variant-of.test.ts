import { describe, expect, it } from 'vitest';
import { readVariants } from '#lib/experiments/variants.ts';
import { variantOf } from '#lib/experiments/variant-of.ts';
import { sampleRatio } from '#lib/stats/sample-ratio.ts';

const units = Array.from({ length: 100_000 }, (_, no) => `L${String(no)}`);
const planned = (text: string) => readVariants(text) ?? [];

describe('the variant of a unit', () => {
  it('is what anybody can reckon: SHA-256 of E1:L00001 begins with 4c67a9bb334c, which lies at 0.29846', () => {
    expect(variantOf('E1', 'L00001', planned('a:29.84, b:70.16')).name).toBe('b');
    expect(variantOf('E1', 'L00001', planned('a:29.85, b:70.15')).name).toBe('a');
  });

  it.each(['usual:50, gift:50', 'a:1, b:2, c:7'])('comes in the shares that were planned: %s', (text) => {
    const variants = planned(text);
    const came = new Map(variants.map(({ name }) => [name, 0]));
    for (const unit of units) {
      const { name } = variantOf('E1', unit, variants);
      came.set(name, (came.get(name) ?? 0) + 1);
    }
    const { p } = sampleRatio(
      variants.map(({ name, share }) => ({ units: came.get(name) ?? 0, weight: share })),
    );
    expect(p).toBeGreaterThan(0.01);
  });

  it('of one experiment tells nothing of that in another', () => {
    const variants = planned('a, b');
    const same = units.filter(
      (unit) => variantOf('E1', unit, variants).name === variantOf('E2', unit, variants).name,
    ).length;
    const { p } = sampleRatio([
      { units: same, weight: 1 },
      { units: units.length - same, weight: 1 },
    ]);
    expect(p).toBeGreaterThan(0.01);
  });

  it('stays when a share grows, but for those who come to it', () => {
    const [before, after] = [planned('a:50, b:50'), planned('a:60, b:40')];
    const moved = units.filter(
      (unit) => variantOf('E1', unit, before).name !== variantOf('E1', unit, after).name,
    );
    expect(moved.every((unit) => variantOf('E1', unit, after).name === 'a')).toBe(true);
    expect(moved.length / units.length).toBeGreaterThan(0.09);
    expect(moved.length / units.length).toBeLessThan(0.11);
  });
});
