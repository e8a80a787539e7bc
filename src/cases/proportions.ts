import { z } from 'zod';
import { agrestiCoull, binomialTest, exactInterval } from '#lib/stats/exact-proportion.ts';
import { sampleRatio } from '#lib/stats/sample-ratio.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import { outcomeOf } from './case.ts';
import type { Outcome } from './case.ts';

const ends = z.tuple([z.number().nullable(), z.number().nullable()]);
type Ends = z.infer<typeof ends>;
const reference = z.object({
  r_binom: z.object({
    cases: z.array(
      z.object({
        count: z.number(),
        nobs: z.number(),
        intervals: z.object({ wilson: ends, exact: ends, 'agresti-coull': ends }),
      }),
    ),
  }),
  wilson_newcombe1998_one_sample: z.object({
    cases: z.array(z.object({ x: z.number(), n: z.number(), wilson: ends })),
  }),
  two_sample: z.object({
    newcombe_1998: z.array(
      z.object({
        x1: z.number(),
        n1: z.number(),
        x2: z.number(),
        n2: z.number(),
        lo: z.number(),
        hi: z.number(),
      }),
    ),
    fagerland_2015: z.object({
      x1: z.number(),
      n1: z.number(),
      x2: z.number(),
      n2: z.number(),
      newcombe: ends,
    }),
    binom_exact: z.object({
      x: z.number(),
      n: z.number(),
      p0: z.number(),
      two_sided_p: z.number(),
      greater_p: z.number(),
      less_p: z.number(),
      cp95: ends,
    }),
  }),
  srm: z.array(
    z.object({ name: z.string(), users: z.array(z.number()), weights: z.array(z.number()), p: z.number() }),
  ),
});

/**
 * Published intervals and tests of proportions. Wilson's and Newcombe's are asked of the dialect's functions, which every report
 * uses; the exact ones of src/lib/stats.
 */
export async function proportionCases(text: string): Promise<Outcome[]> {
  const given = reference.parse(JSON.parse(text));
  const warehouse = await openWarehouse({ file: ':memory:', threads: 1 });
  const asked = async (name: string, numbers: Record<string, number>): Promise<number[]> => {
    const named = Object.keys(numbers)
      .map((key) => `$${key}::bigint`)
      .join(', ');
    const [row] = await warehouse.query<{ low: number; high: number }>(
      `select ${name}_low(${named}) as low, ${name}_high(${named}) as high`,
      numbers,
    );
    return [row?.low ?? NaN, row?.high ?? NaN];
  };
  try {
    const outcomes: Outcome[] = [];
    for (const { count: k, nobs: n, intervals } of given.r_binom.cases) {
      const counted = { hits: k, base: n };
      const [exact, agresti] = [exactInterval(counted), agrestiCoull(counted)];
      outcomes.push(
        closely(`${k}/${n} wilson`, intervals.wilson, await asked('wilson', { k, n })),
        closely(`${k}/${n} exact`, intervals.exact, [exact.low, exact.high]),
        closely(`${k}/${n} agresti-coull`, intervals['agresti-coull'], [agresti.low, agresti.high]),
      );
    }
    for (const { x: k, n, wilson } of given.wilson_newcombe1998_one_sample.cases)
      outcomes.push(printed(`${k}/${n} wilson, Newcombe`, wilson, await asked('wilson', { k, n })));
    const { newcombe_1998: pairs, fagerland_2015: fagerland, binom_exact: binomial } = given.two_sample;
    const differences = [
      ...pairs.map(({ lo, hi, ...numbers }) => ({ ...numbers, newcombe: [lo, hi] as Ends })),
      fagerland,
    ];
    for (const { x1, n1, x2, n2, newcombe } of differences)
      outcomes.push(
        printed(`${x1}/${n1} - ${x2}/${n2} newcombe`, newcombe, await asked('newcombe', { x1, n1, x2, n2 })),
      );
    const counted = { hits: binomial.x, base: binomial.n };
    const [test, exact] = [binomialTest(counted, binomial.p0), exactInterval(counted)];
    outcomes.push(
      closely(
        'binomial test',
        [binomial.two_sided_p, binomial.greater_p, binomial.less_p, ...binomial.cp95],
        [test.p, test.greater, test.less, exact.low, exact.high],
      ),
      ...given.srm.map(({ name, users, weights, p }) =>
        closely(
          `sample ratio: ${name}`,
          [p],
          [sampleRatio(users.map((units, at) => ({ units, weight: weights[at] ?? 0 }))).p],
        ),
      ),
    );
    return outcomes;
  } finally {
    await warehouse.close();
  }
}

/** To 10⁻⁶ of each published number. */
function closely(id: string, published: readonly (number | null)[], came: readonly number[]): Outcome {
  const near = published.every(
    (one, at) => one === null || Math.abs(one - (came[at] ?? NaN)) <= 1e-6 * Math.abs(one) + 1e-12,
  );
  return { id, why: near ? null : `${published.join(' ')} is published, ${came.join(' ')} came` };
}

/** To half of each last printed digit. */
function printed(id: string, published: readonly (number | null)[], came: readonly number[]): Outcome {
  const whys = published
    .map((one, at) => (one === null ? null : outcomeOf(id, came[at] ?? NaN, String(one)).why))
    .filter((why) => why !== null);
  return { id, why: whys.length > 0 ? whys.join('; ') : null };
}
