import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ownLists } from './own-lists.ts';
import { sideways, violations, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';
import { openStudio, OWNER } from './studio.ts';
import type { Studio } from './studio.ts';

const shared = sampleStudio();
const lists = ownLists();
let own: Studio;
beforeAll(async () => {
  own = await openStudio(inject('sampleFolder'));
  await own.command('import', lists.twoWeeks);
  await own.command('import', lists.nextWeek);
});
afterAll(async () => {
  await own.end();
  lists.remove();
});

type Batch = {
  batch_id: number;
  rejected: number;
  open_records: number;
  imported_by: string | null;
  withdrawn_at: string | null;
  withdrawn_by: string | null;
};

async function batches(): Promise<Batch[]> {
  const answer = await own.fetch(`/api/reports/batches`);
  return ((await answer.json()) as { rows: Batch[] }).rows;
}

async function leads(): Promise<number> {
  const answer = await own.fetch(`/api/reports/funnel?from=2024-03-18&to=2024-03-24`);
  const { rows } = (await answer.json()) as { rows: { step_no: number; people: number | null }[] };
  return rows.find(({ step_no }) => step_no === 2)?.people ?? Number.NaN;
}

describe.each([
  { who: 'with scripts', script: true },
  { who: 'without scripts', script: false },
])('an owner $who', ({ script }) => {
  test('mends a rejected record on the page of its batch, and takes that back', async () => {
    const before = await leads();
    const { page, leave } = await visit(shared.browser, `${own.address}/data/batches/2`, {
      locale: 'zh-CN',
      width: 390,
      script,
    });
    const record = page.getByRole('group', { name: '第 15 条' });
    await record.getByLabel('created_at').fill('2024-03-20');
    await page.getByRole('button', { name: '导入改好的' }).click();
    await page.getByText('改好的 1 条已经导入').waitFor();
    expect(await record.count()).toBe(0);
    expect(await page.getByRole('group', { name: '第 16 条' }).count()).toBe(1);
    expect(await leads()).toBe(before + 1);
    if (script) expect([await violations(page), await sideways(page)]).toEqual([[], 0]);

    await page.getByRole('status').getByRole('link').click();
    await page.getByText('补改第 2 批没导入的记录').waitFor();
    await page.getByText('撤回这次导入').click();
    await page.getByRole('button', { name: /^撤回第/ }).click();
    await page.getByText('已撤回').waitFor();
    expect(await leads()).toBe(before);
    const [latest] = await batches();
    expect(latest?.withdrawn_at).not.toBeNull();
    expect(latest).toMatchObject({ imported_by: OWNER.name, withdrawn_by: OWNER.name });
    expect((await batches()).find(({ batch_id }) => batch_id === 2)?.open_records).toBe(2);
    await leave();
  });
});

test('a mended cell that is still wrong is named, and nothing comes in', async () => {
  const count = (await batches()).length;
  const { page, leave } = await visit(shared.browser, `${own.address}/data/batches/2`);
  await page.getByRole('group', { name: 'Record 15' }).getByLabel('created_at').fill('some day');
  await page.getByRole('button', { name: 'Import what I changed' }).click();
  await page.getByText('Record 15 is still not right').waitFor();
  expect((await batches()).length).toBe(count);
  await leave();
});

test('the sample’s batches can be read, but neither mended nor taken back', async () => {
  const { page, leave } = await visit(shared.browser, `${shared.address}/data/batches/1`);
  expect(await page.locator('form[action^="?/"]').count()).toBe(0);
  const answer = await fetch(`${shared.address}/data/batches/1?/withdraw`, {
    method: 'POST',
    headers: { origin: new URL(shared.address).origin, accept: 'text/html' },
    body: new URLSearchParams(),
  });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  await leave();
});
