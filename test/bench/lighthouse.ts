import { openHouse } from '../browser/house.ts';
import { sampleTemplate } from '../browser/studio.ts';
import type { House, Shown } from '../browser/house.ts';
import { openJudge } from './lighthouse-audit.ts';
import type { Judge, Seen } from './lighthouse-audit.ts';
import { median } from './quantile.ts';
import { seconds, type Measurement } from './table.ts';

const runs = 5;
const judged = ['accessibility', 'best-practices'] as const;

/** Every page of the house under Lighthouse's mobile profile. */
export const pages = (folder: string): Promise<Measurement[]> =>
  inHouse(folder, (judge, house) => scores(judge, house.pages));

/** How soon a member of staff sees their own page on a phone. */
export const phone = (folder: string): Promise<Measurement[]> =>
  inHouse(folder, (judge, house) => ownPage(judge, house.own));

async function inHouse<T>(folder: string, work: (judge: Judge, house: House) => Promise<T>): Promise<T> {
  const template = await sampleTemplate();
  try {
    const house = await openHouse(template.folder);
    const judge = await openJudge(folder);
    try {
      return await work(judge, house);
    } finally {
      await judge.close();
      await house.end();
    }
  } finally {
    template.remove();
  }
}

/** The worst score of all pages in each category; what takes points off goes to stderr. */
async function scores(judge: Judge, shown: readonly Shown[]): Promise<Measurement[]> {
  const found: Record<(typeof judged)[number], number>[] = [];
  for (const { route, address, cookie } of shown) {
    const { scores, faults } = await judge.look(address, cookie, judged);
    const [accessibility = 0, practices = 0] = judged.map((category) => scores[category] ?? 0);
    console.error(`${accessibility} ${practices} ${route}`);
    for (const fault of faults) console.error(`  ${fault}`);
    found.push({ accessibility, 'best-practices': practices });
  }
  return judged.map((category) => {
    const worst = Math.min(...found.map((one) => one[category]));
    return {
      what: `Lighthouse, mobile profile: ${category.replace('-', ' ')}, the worst of ${found.length} pages`,
      measured: String(worst),
      target: '100',
      met: worst === 100,
    };
  });
}

/** When the page is seen and when it answers: the middle of some runs. */
async function ownPage(judge: Judge, { address, cookie }: Shown): Promise<Measurement[]> {
  const looks: Seen[] = [];
  for (let run = 0; run < runs; run += 1) looks.push(await judge.look(address, cookie, ['performance']));
  const middle = (audit: string) => median(looks.map(({ time }) => time(audit)));
  const figures = [
    {
      what: 'something is seen (first contentful paint)',
      value: middle('first-contentful-paint'),
      target: 1000,
    },
    {
      what: 'the page is seen (largest contentful paint)',
      value: middle('largest-contentful-paint'),
      target: 1000,
    },
    { what: 'it answers (time to interactive)', value: middle('interactive'), target: null },
  ];
  return figures.map(({ what, value, target }) => ({
    what: `Me as staff on a phone of 390 px, Lighthouse’s slow 4G: ${what}`,
    measured: seconds(value),
    target: target === null ? '–' : '< 1 s',
    met: target === null || value < target,
  }));
}
