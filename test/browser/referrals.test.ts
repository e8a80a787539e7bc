import { describe, expect, test } from 'vitest';
import type {
  ReferralProgrammeRow,
  ReferralReturnsRow,
  ReferralThresholdsRow,
} from '#lib/server/reports.gen.ts';
import { locales } from '#lib/words/locale.ts';
import { sideways, speakers, violationsAllDay, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();

const page = () => `${shared.address}/referrals`;
async function report<Row>(name: string): Promise<Row[]> {
  const answer = await fetch(`${shared.address}/api/reports/${name}`);
  return ((await answer.json()) as { rows: Row[] }).rows;
}
const signed = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`;

describe('the Referrals page', () => {
  test('is reached from the navigation of every page', async () => {
    const { page: opened, leave } = await visit(shared.browser, shared.address, { script: false });
    await opened.getByRole('navigation').getByRole('link', { name: 'Referrals' }).click();
    expect(new URL(opened.url()).pathname).toBe('/referrals');
    expect(await opened.locator('h1').innerText()).toBe('Referrals');
    await leave();
  });

  test('says without scripts what its reports say: returns, and by how many points more of the referred buy', async () => {
    const { page: opened, leave } = await visit(shared.browser, page(), { script: false });
    const returns = await report<ReferralReturnsRow>('referral_returns');
    const table = opened.locator('section[aria-labelledby=returns] tbody tr');
    expect(await table.count()).toBe(returns.length);
    for (const [at, row] of returns.entries()) {
      expect(await table.nth(at).locator('td').nth(2).locator('a').innerText()).toBe(
        row.orders.toLocaleString('en-GB'),
      );
      expect(await table.nth(at).innerText()).toContain(Math.round(Number(row.gain)).toLocaleString('en-GB'));
    }
    const [programme] = await report<ReferralProgrammeRow>('referral_programme');
    const { adjusted_difference, difference_low, difference_high } = programme ?? {};
    const words = await opened.locator('main').innerText();
    expect(words).toContain(
      `${signed(adjusted_difference ?? 0)} points (95% interval ${signed(difference_low ?? 0)} to ${signed(difference_high ?? 0)})`,
    );
    await leave();
  });

  test('opens a number of orders to the orders themselves, as many as it says', async () => {
    const { page: opened, leave } = await visit(shared.browser, page(), { script: false });
    const generation = opened.locator('section[aria-labelledby=generations] tbody tr').nth(4);
    const orders = generation.locator('td').nth(1);
    const said = Number((await orders.innerText()).replace(/\D/g, ''));
    await orders.locator('a').click();
    const main = await opened.locator('main').innerText();
    expect(main).toContain('Referred orders');
    const listed = await report<{ order_id: string }>('referral_order_rows?generation=4');
    expect(listed).toHaveLength(said);
    for (const { order_id } of listed) expect(main).toContain(order_id);
    await leave();
  });

  test.each(['upgrade', 'next'])(
    'lists of referrers with a threshold (%s) the nearest, as its report does',
    async (part) => {
      const { page: opened, leave } = await visit(shared.browser, page(), { script: false });
      const expected = await report<ReferralThresholdsRow>(`referral_thresholds?part=${part}&limit=10`);
      const lines = opened.locator(
        `section[aria-labelledby=${part === 'next' ? 'thresholds' : 'upgrades'}] tbody tr`,
      );
      expect(await lines.count()).toBe(expected.length);
      for (const [at, { client_id, orders }] of expected.entries()) {
        expect(await lines.nth(at).locator('th').innerText()).toContain(client_id.replace('C:', ''));
        expect(await lines.nth(at).locator('td').first().innerText()).toMatch(new RegExp(`^${orders}\\b`));
      }
      await leave();
    },
  );

  test('shows a marketer how the programme does, and nobody of it', async () => {
    const headers = { cookie: 'look_as=marketer', accept: 'text/html' };
    const shown = await (await fetch(page(), { headers })).text();
    expect(shown).toContain('id="returns"');
    for (const section of ['settle', 'best', 'upgrades', 'thresholds', 'tree'])
      expect(shown).not.toContain(`id="${section}"`);
    const asked = await fetch(`${shared.address}/api/reports/referral_thresholds`, { headers });
    expect(asked.status).toBe(403);
  });

  test('lets the keyboard walk the tree down to a friend and up again', async () => {
    const { page: opened, complaints, leave } = await visit(shared.browser, page());
    const tree = opened.locator('section[aria-labelledby=tree]');
    const top = await tree.locator('b').innerText();
    const friend = tree.locator('li a').first();
    const name = await friend.innerText();
    await friend.focus();
    await opened.keyboard.press('Enter');
    await opened.waitForURL(/who=/);
    await tree.locator('b', { hasText: name }).waitFor();
    const above = tree.locator('p a').first();
    expect(await above.innerText()).toBe(top);
    await above.focus();
    await opened.keyboard.press('Enter');
    await tree.locator('b', { hasText: top }).waitFor();
    expect(complaints).toEqual([]);
    await leave();
  });

  test('finds somebody’s tree by number without scripts, and says so where nobody bears it', async () => {
    const { page: opened, leave } = await visit(shared.browser, page(), { script: false });
    const tree = opened.locator('section[aria-labelledby=tree]');
    await tree.locator('input[name=who]').fill('nobody');
    await tree.locator('form button').click();
    expect(await tree.innerText()).toContain('Nobody stands in a tree under this number.');
    await leave();
  });

  test('stands on paper without its forms, as wide as A4', async () => {
    const { page: opened, leave } = await visit(shared.browser, page(), { script: false });
    await opened.emulateMedia({ media: 'print' });
    await opened.setViewportSize({ width: 718, height: 1000 });
    expect(await sideways(opened)).toBe(0);
    expect(await opened.locator('section[aria-labelledby=tree] form').isVisible()).toBe(false);
    expect(await opened.locator('section[aria-labelledby=returns] table').isVisible()).toBe(true);
    await leave();
  });
});

describe.each(locales)('in %s', (language) => {
  test('axe finds nothing, by day and by night, and nothing reaches beyond a phone', async () => {
    const { page: opened, leave } = await visit(shared.browser, page(), { locale: speakers[language] });
    expect(await violationsAllDay(opened)).toEqual([]);
    await opened.setViewportSize({ width: 390, height: 844 });
    expect(await sideways(opened)).toBe(0);
    await leave();
  });
});
