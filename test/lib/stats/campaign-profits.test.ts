import { describe, expect, it } from 'vitest';
import { campaignProfits } from '#lib/stats/campaign-profits.ts';
import type { CampaignProfit } from '#lib/stats/campaign-profits.ts';
import { chanceFrom, gammaNumber } from '#lib/stats/gamma-numbers.ts';
import { shrunkenMeans } from '#lib/stats/shrunken-means.ts';
import { shrunkenRates } from '#lib/stats/shrunken-rates.ts';

const campaign = (name: string, of: Partial<CampaignProfit>): CampaignProfit => ({
  campaign: name,
  spend: '1000.00',
  orders: 4,
  gain_per_order: 500,
  gain_spread: 100,
  ripe_share: 1,
  again_profit: null,
  again_low: null,
  again_high: null,
  again_chance: null,
  rank: null,
  ...of,
});

describe('rates of units', () => {
  it('are the pooled one where units differ by no more than chance, and their own where they differ much and say much', () => {
    const alike = shrunkenRates([10, 11, 9, 10].map((events) => ({ events, exposure: 100 })));
    for (const { mean } of alike) expect(Math.abs(mean - 0.1)).toBeLessThan(0.001);
    const unlike = shrunkenRates([1000, 10, 500, 3].map((events) => ({ events, exposure: 1000 })));
    expect(unlike[0]?.mean).toBeCloseTo(1, 2);
    expect(unlike[3]?.mean).toBeGreaterThan(0.003);
  });

  it('find the gamma distribution that they were drawn from', () => {
    const chance = chanceFrom(8);
    const poisson = (mean: number) => {
      let [times, product] = [0, chance.uniform()];
      for (const least = Math.exp(-mean); product > least; times += 1) product *= chance.uniform();
      return times;
    };
    const units = Array.from({ length: 3000 }, () => ({
      events: poisson((gammaNumber(2, chance) / 2) * 5),
      exposure: 5,
    }));
    const [first] = shrunkenRates(units);
    const shape = (first?.shape ?? 0) - (units[0]?.events ?? 0);
    expect(shape).toBeGreaterThan(1.7);
    expect(shape).toBeLessThan(2.3);
  });

  it('of a single unit, or without an event, follow Jeffreys', () => {
    expect(shrunkenRates([{ events: 3, exposure: 10 }])).toEqual([{ shape: 3.5, rate: 10, mean: 0.35 }]);
    expect(
      shrunkenRates([
        { events: 0, exposure: 10 },
        { events: 0, exposure: 5 },
      ])[1],
    ).toEqual({ shape: 0.5, rate: 5, mean: 0.1 });
  });
});

describe('means of units', () => {
  it('are worked by hand for two: variance 4, between 16, so that each keeps 8/9 of its own', () => {
    const found = shrunkenMeans([
      { count: 2, mean: 10, deviation: 2 },
      { count: 2, mean: 16, deviation: 2 },
    ]);
    // Q = 2·3² + 2·3² = 36 ÷ 4 = 9; scale = (4 − 8/4)/4 = 0.5; between = (9 − 1)/0.5 = 16; own = 16/(16 + 2) = 8/9.
    expect(found?.[0]?.mean).toBeCloseTo((8 / 9) * 10 + (1 / 9) * 13, 12);
    // 8/9 · 2 + (1/9)² ÷ (2/18) = 16/9 + 1/9
    expect(found?.[0]?.deviation).toBeCloseTo(Math.sqrt(17 / 9), 12);
  });

  it('are the common one where values scatter more than means, and unknown where nobody has two values', () => {
    const same = shrunkenMeans([
      { count: 3, mean: 10, deviation: 5 },
      { count: 3, mean: 11, deviation: 5 },
      { count: 0, mean: 0, deviation: null },
    ]);
    for (const { mean } of same ?? [{ mean: NaN }]) expect(mean).toBeCloseTo(10.5, 12);
    expect(shrunkenMeans([{ count: 1, mean: 3, deviation: null }])).toBeNull();
    expect(shrunkenMeans([])).toBeNull();
  });

  it('are numbers even where all values are alike', () => {
    const [one, other] =
      shrunkenMeans([
        { count: 2, mean: 10, deviation: 0 },
        { count: 3, mean: 12, deviation: 0 },
      ]) ?? [];
    expect(one?.mean).toBeCloseTo(10, 4);
    expect(other?.mean).toBeCloseTo(12, 4);
    expect(shrunkenMeans([{ count: 2, mean: 0, deviation: 0 }])?.[0]?.mean).toBe(0);
  });
});

describe('gamma numbers', () => {
  it('have their mean and variance, for shapes below and above 1', () => {
    for (const shape of [0.4, 1, 7]) {
      const chance = chanceFrom(3);
      const drawn = Array.from({ length: 40_000 }, () => gammaNumber(shape, chance));
      const mean = drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
      const variance = drawn.reduce((sum, one) => sum + (one - mean) ** 2, 0) / drawn.length;
      expect(Math.abs(mean / shape - 1)).toBeLessThan(0.03);
      expect(Math.abs(variance / shape - 1)).toBeLessThan(0.06);
    }
  });
});

describe('campaigns that might run again', () => {
  it('are ranked by what is to be expected, so that one lucky order of a small campaign does not stand first', () => {
    const rows = campaignProfits([
      campaign('lucky', { spend: '100.00', orders: 2, gain_per_order: 600 }),
      campaign('steady', { spend: '20000.00', orders: 200 }),
      ...[90, 80, 70].map((orders) => campaign(`plain ${String(orders)}`, { spend: '20000.00', orders })),
    ]);
    const of = (name: string) => rows.find((row) => row.campaign === name);
    expect(of('steady')?.rank).toBe(1);
    expect(Number(of('lucky')?.again_profit)).toBeLessThan(1100);
    for (const row of rows) {
      expect(Number(row.again_low)).toBeLessThan(Number(row.again_profit));
      expect(Number(row.again_profit)).toBeLessThan(Number(row.again_high));
    }
  });

  it('are held only against the part of the cost whose orders have had their time', () => {
    const [young, old] = campaignProfits([
      campaign('young', { orders: 20, ripe_share: 0.25, spend: '4000.00' }),
      campaign('old', { orders: 80, spend: '4000.00' }),
    ]);
    expect(Number(young?.again_profit) / Number(old?.again_profit)).toBeCloseTo(1, 1);
  });

  it('have no rank without a cost, a source of orders or leads with time, nor as several in one', () => {
    const rows = campaignProfits([
      campaign('fine', {}),
      campaign('free', { spend: null }),
      campaign('gift', { spend: '0.00' }),
      campaign('blind', { orders: null }),
      campaign('new', { ripe_share: 0 }),
      campaign('unseen', { ripe_share: null }),
      campaign('too_few', {}),
      { ...campaign('none', {}), campaign: null },
    ]);
    expect(rows.map(({ rank }) => rank)).toEqual([1, null, null, null, null, null, null, null]);
    expect(campaignProfits([])).toEqual([]);
    expect(campaignProfits([campaign('one', { orders: 1, gain_spread: null })])[0]?.rank).toBeNull();
  });

  it('are told the same each time, losses and campaigns that only lose included', () => {
    const rows = [
      campaign('loss', { gain_per_order: -200 }),
      campaign('nobody', { orders: 0, gain_per_order: null, gain_spread: null }),
    ];
    expect(campaignProfits(rows)).toEqual(campaignProfits(rows));
    expect(campaignProfits(rows)[0]?.again_chance).toBe(0);
    expect(
      campaignProfits(rows)
        .map(({ rank }) => rank)
        .toSorted(),
    ).toEqual([1, 2]);
  });

  it('have intervals that hold what happens if they do run again, for 95 of 100', () => {
    const chance = chanceFrom(11);
    const poisson = (mean: number) => {
      let [times, product] = [0, chance.uniform()];
      for (const least = Math.exp(-mean); product > least; times += 1) product *= chance.uniform();
      return times;
    };
    let [held, all] = [0, 0];
    for (let time = 0; time < 15; time += 1) {
      const truths = Array.from({ length: 20 }, () => ({
        rate: gammaNumber(4, chance) / 400,
        mean: 300 + 60 * chance.normal(),
      }));
      const rows = campaignProfits(
        truths.map(({ rate, mean }, at) => {
          const gains = Array.from({ length: poisson(rate * 2000) }, () => mean + 150 * chance.normal());
          const average = gains.reduce((sum, one) => sum + one, 0) / gains.length;
          const square = gains.reduce((sum, one) => sum + (one - average) ** 2, 0);
          return campaign(String(at), {
            spend: '2000.00',
            orders: gains.length,
            gain_per_order: gains.length > 0 ? average : null,
            gain_spread: gains.length > 1 ? Math.sqrt(square / (gains.length - 1)) : null,
          });
        }),
      );
      for (const [at, { rate, mean }] of truths.entries()) {
        const profit = 2000 * (rate * mean - 1);
        all += 1;
        held += Number(Number(rows[at]?.again_low) <= profit && profit <= Number(rows[at]?.again_high));
      }
    }
    expect(held / all).toBeGreaterThan(0.91);
    expect(held / all).toBeLessThan(0.985);
  });
});
