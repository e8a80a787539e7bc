import { describe, expect, test } from 'vitest';
import type { StageClientsRow, StageCountsRow, StageFlowRow } from '#lib/server/reports.gen.ts';
import { sideways, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';

/** Shows the sample; no test changes its data. */
const shared = sampleStudio();

const at = (path: string) => shared.address + path;
const rowsOf = async <Row>(path: string) =>
  ((await (await fetch(at(`/api/reports/${path}`))).json()) as { rows: Row[] }).rows;
const told = (people: number) => people.toLocaleString('en-GB');

describe('the life cycle, on the page Clients', () => {
  test('says how many stand in each stage as the report does, and each number opens to as many people', async () => {
    const { page, leave } = await visit(shared.browser, at('/clients/stages'), { script: false });
    const counts = await rowsOf<StageCountsRow>('stage_counts');
    const cells = page.locator('section[aria-labelledby=counts] tbody td:nth-child(2) a');
    expect(await cells.allInnerTexts()).toEqual(counts.map(({ people }) => told(people)));
    await page.locator('section[aria-labelledby=counts] tbody tr').nth(1).locator('td a').first().click();
    const growing = counts.find(({ stage }) => stage === 'B')?.people ?? NaN;
    expect(growing).toBeGreaterThan(50);
    const [first] = await rowsOf<StageClientsRow>('stage_clients?stage=B');
    expect(first?.all_rows).toBe(growing);
    const rows = page.locator('main table').last().locator('tbody tr');
    expect(await rows.count()).toBe(20);
    expect(await rows.first().innerText()).toContain(first?.customer_id ?? 'nobody');
    await leave();
  });

  test('draws who moved in a month so that every stage is as high as all who left or reached it, on a desk and on a phone', async () => {
    const { page, leave } = await visit(shared.browser, at('/clients/stages'), { width: 390, script: false });
    const flow = page.locator('section[aria-labelledby=flow]');
    expect(await flow.locator('svg:visible').count()).toBe(1);
    expect(await sideways(page)).toBe(0);
    const csv = await flow.getByRole('link', { name: 'CSV' }).getAttribute('href');
    const asked = new URL(csv ?? '', shared.address).searchParams;
    asked.delete('format');
    const rows = await rowsOf<StageFlowRow>(`stage_flow?${asked.toString()}`);
    const over = rows.filter(({ unfinished }) => !unfinished).map(({ starts_on }) => starts_on);
    const month = rows.filter(({ starts_on }) => starts_on === over.toSorted().at(-1));
    const reached = new Map(
      month.flatMap(({ stage, arriving }) => (arriving > 0 ? [[stage, arriving]] : [])),
    );
    const names = await flow.locator('svg:visible text:not([text-anchor])').allTextContents();
    expect(names.map((name) => name.split(' ').at(-1))).toEqual(
      [...reached].toSorted().map(([, people]) => told(Number(people))),
    );
    await leave();
  });
});
