import { chanceFrom, gammaNumber } from './gamma-numbers.ts';
import type { Chance } from './gamma-numbers.ts';
import { shrunkenMeans } from './shrunken-means.ts';
import type { NormalMean } from './shrunken-means.ts';
import { shrunkenRates } from './shrunken-rates.ts';
import type { GammaRate } from './shrunken-rates.ts';

/** The columns of campaigns that the ranking needs and fills; money as decimal text. */
export type CampaignProfit = {
  readonly campaign: string | null;
  readonly spend: string | null;
  readonly orders: number | null;
  readonly gain_per_order: number | null;
  readonly gain_spread: number | null;
  readonly ripe_share: number | null;
  readonly again_profit: string | null;
  readonly again_low: string | null;
  readonly again_high: string | null;
  readonly again_chance: number | null;
  readonly rank: number | null;
};

type Judged = {
  readonly profit: number;
  readonly low: number;
  readonly high: number;
  readonly chance: number;
};

const DRAWS = 4000;
const SEED = 20_261_124;
/** Several campaigns as one, for whoever may not see small ones: no campaign that could run again. */
const SEVERAL = 'too_few';

/**
 * Completes campaigns with the profit that is to be expected if each ran again with the same cost, and ranks them by it. Orders for
 * money are shrunken gamma–Poisson rates, held only against the part of the cost whose orders have had their time (`ripe_share`);
 * what a buyer leaves is a shrunken normal mean. The expectation is exact (both are independent: cost · (E rate · E mean − 1)), its 95 %
 * credible interval and the probability to pay are of 4,000 seeded draws. No rank without a cost, a source of orders, or leads that
 * have had time; nor for anybody while no campaign has two buyers. Equal profits share a rank.
 */
export function campaignProfits<Row extends CampaignProfit>(rows: readonly Row[]): Row[] {
  const judged = rows.filter(canBeJudged);
  const rates = shrunkenRates(judged.map((row) => ({ events: row.orders ?? 0, exposure: ripeCost(row) })));
  const means = shrunkenMeans(
    judged.map(({ orders, gain_per_order: mean, gain_spread: deviation }) => ({
      count: mean === null ? 0 : (orders ?? 0),
      mean: mean ?? 0,
      deviation,
    })),
  );
  if (means === null) return [...rows];
  const found = new Map<Row, Judged>();
  for (const [at, row] of judged.entries()) {
    const [rate, mean] = [rates[at], means[at]];
    if (rate && mean) found.set(row, ifAgain(Number(row.spend), rate, mean, chanceFrom(SEED + at)));
  }
  return rows.map((row) => {
    const one = found.get(row);
    return one === undefined
      ? row
      : {
          ...row,
          again_profit: one.profit.toFixed(2),
          again_low: one.low.toFixed(2),
          again_high: one.high.toFixed(2),
          again_chance: one.chance,
          rank: 1 + [...found.values()].filter(({ profit }) => profit > one.profit).length,
        };
  });
}

function canBeJudged(row: CampaignProfit): boolean {
  return row.campaign !== null && row.campaign !== SEVERAL && row.orders !== null && ripeCost(row) > 0;
}

function ripeCost({ spend, ripe_share: ripe }: CampaignProfit): number {
  return Number(spend ?? 0) * (ripe ?? 0);
}

function ifAgain(cost: number, rate: GammaRate, mean: NormalMean, chance: Chance): Judged {
  const drawn = Array.from(
    { length: DRAWS },
    () =>
      cost *
      ((gammaNumber(rate.shape, chance) / rate.rate) * (mean.mean + mean.deviation * chance.normal()) - 1),
  ).sort((a, b) => a - b);
  const at = (share: number) => drawn[Math.round(share * (DRAWS - 1))] ?? 0;
  return {
    profit: cost * (rate.mean * mean.mean - 1),
    low: at(0.025),
    high: at(0.975),
    chance: drawn.filter((profit) => profit > 0).length / DRAWS,
  };
}
