import { describe, expect, test } from 'vitest';
import type { ChangeEffectRow, ExperimentRow } from '#lib/server/reports.gen.ts';
import { locales } from '#lib/words/locale.ts';
import { sideways, speakers, violationsAllDay, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();

const at = (path: string) => `${shared.address}/experiments${path}`;
async function results(query: string): Promise<ExperimentRow[]> {
  const answer = await fetch(`${shared.address}/api/reports/experiment?${query}`);
  return ((await answer.json()) as { rows: ExperimentRow[] }).rows;
}

describe('the pages of experiments', () => {
  test('list every experiment with one verdict: take what helped, keep the usual way where it may be chance', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { script: false });
    await page.getByRole('navigation').getByRole('link', { name: 'Experiments' }).click();
    expect(new URL(page.url()).pathname).toBe('/experiments');
    expect(await page.locator('tbody tr').count()).toBe(2);
    expect(await page.locator('.verdict').allInnerTexts()).toEqual([
      expect.stringMatching(/^Take “tried”: came in is better by \+\d/),
      expect.stringMatching(
        /^Keep the usual way: it is over, and with “tried” bought differs by .* may be chance/,
      ),
    ]);
    await leave();
  });

  test('tell of one experiment what its report says, metric by metric, and open a difference', async () => {
    const { page, leave } = await visit(shared.browser, at('/E1'), { script: false });
    const rows = await results('id=E1');
    const lines = page.locator('section[aria-labelledby=results] .wide').first().locator('tbody tr');
    expect(await lines.count()).toBe(rows.length);
    for (const [place, row] of rows.entries()) {
      const says = { better: 'better', worse: 'worse', open: 'may be chance' }[row.standing] ?? 'too few';
      expect(await lines.nth(place).locator('td').last().innerText()).toBe(says);
    }
    const [came] = rows;
    const points = ((came?.difference ?? 0) * 100).toFixed(1);
    expect(await lines.first().innerText()).toContain(`+${points} points`);
    await lines.first().locator('a.opens').click();
    expect(await page.locator('main').innerText()).toContain('What an experiment shows');
    await leave();
  });

  test('keep in the address how long each unit counts', async () => {
    const { page, leave } = await visit(shared.browser, at('/E1'));
    await page.getByRole('link', { name: '30 days' }).click();
    await page.waitForURL(/window=30$/);
    const [came] = await results('id=E1&window_days=30');
    const points = ((came?.difference ?? 0) * 100).toFixed(1);
    await page.getByText(`better by +${points} points`).waitFor();
    await leave();
  });

  test('keep in the address where money is capped, and show what that changes beside what it is without', async () => {
    const { page, leave } = await visit(shared.browser, at('/E1?window=60'), { script: false });
    expect(await page.locator('section[aria-labelledby=capping]').count()).toBe(0);
    await page.getByRole('link', { name: 'up to the 95th percentile' }).click();
    expect(new URL(page.url()).search).toBe('?window=60&cap=p95');
    const capped = await results('id=E1&window_days=60&cap=p95');
    const whole = await results('id=E1&window_days=60');
    const lines = page.locator('section[aria-labelledby=capping] tbody tr');
    expect(await lines.count()).toBe(3);
    for (const [place, metric] of ['signed', 'net', 'upsold'].entries()) {
      const says = await lines.nth(place).locator('td').allInnerTexts();
      const numbers = says.map((text) => Number(text.replace('−', '-').replaceAll(/[^\d.-]/g, '')));
      const differenceIn = (rows: ExperimentRow[]) =>
        rows.find((row) => row.metric === metric)?.difference ?? NaN;
      expect(Math.abs((numbers[1] ?? NaN) - differenceIn(whole))).toBeLessThan(0.51);
      expect(Math.abs((numbers[3] ?? NaN) - differenceIn(capped))).toBeLessThan(0.51);
    }
    expect((await fetch(at('/E1?cap=p12'))).status).toBe(400);
    await leave();
  });

  test('draw each look with its interval, and have a table behind the drawing', async () => {
    const { page, leave } = await visit(shared.browser, at('/E1'), { script: false });
    const looks = page.locator('section[aria-labelledby=looks]');
    const dots = await looks.locator('svg circle').count();
    expect(dots).toBe(6);
    expect(await looks.locator('tbody tr').count()).toBeGreaterThanOrEqual(dots);
    await leave();
  });

  test('refuse an experiment that is not there, and what no link of theirs asks', async () => {
    expect((await fetch(at('/nobody'))).status).toBe(404);
    expect((await fetch(at('/E1?window=7'))).status).toBe(400);
    const { page, leave } = await visit(shared.browser, at('/nobody'), { script: false });
    expect(await page.locator('main').innerText()).toContain('There is no experiment “nobody”');
    await leave();
  });

  test.each(locales)('read without barriers on a phone in %s', async (locale) => {
    const { page, leave } = await visit(shared.browser, at('/E2?cap=p95'), {
      width: 390,
      locale: speakers[locale],
    });
    expect(await violationsAllDay(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await leave();
  });
});

describe('the page of what was not randomised', () => {
  const asked = 'store=中山路店&on=2026-03-02';

  test('asks for store, day and measure, and answers like its report, the strongest answer first', async () => {
    const { page, leave } = await visit(shared.browser, at(''), { script: false });
    await page.getByRole('link', { name: 'without an experiment' }).click();
    expect(await page.locator('section[aria-labelledby=answers]').count()).toBe(0);
    await page.locator('select[name=store]').selectOption('中山路店');
    await page.locator('input[name=on]').fill('2026-03-02');
    await page.getByRole('button', { name: 'Show' }).click();
    const answer = await fetch(
      `${shared.address}/api/reports/change_effect?changed_store=中山路店&changed_on=2026-03-02`,
    );
    const { rows } = (await answer.json()) as { rows: ChangeEffectRow[] };
    const lines = page.locator('section[aria-labelledby=answers] tbody tr');
    expect(await lines.count()).toBe(rows.length);
    const shown = await lines.locator('a.opens').allInnerTexts();
    for (const [place, { effect }] of rows.entries()) {
      const points = Number(shown[place]?.replace('−', '-').replace(' points', ''));
      expect(Math.abs(points - (effect ?? NaN) * 100)).toBeLessThan(0.051);
    }
    expect(await page.locator('.find').innerText()).toMatch(
      /^中山路店, since 2 March 2026: .* pretended changes .* So much comes without any change/,
    );
    await leave();
  });

  test('says why where nothing can be said, and refuses what is no day', async () => {
    const nowhere = `${shared.address}/changes?store=nowhere&on=2026-03-02`;
    const { page, leave } = await visit(shared.browser, nowhere, { script: false });
    expect(await page.locator('.find').innerText()).toContain('nothing can be said');
    expect((await fetch(`${shared.address}/changes?on=yesterday`)).status).toBe(400);
    await leave();
  });

  test.each(locales)('reads without barriers on a phone in %s', async (locale) => {
    const address = `${shared.address}/changes?${asked}`;
    const { page, leave } = await visit(shared.browser, address, { width: 390, locale: speakers[locale] });
    expect(await violationsAllDay(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await leave();
  });
});
