import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonViewer, Standing } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { openApp } from '#lib/server/app.ts';
import type { App } from '#lib/server/app.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import { rowsAsCsv } from '#lib/server/reports/csv.ts';
import { funnelStandingSpec } from '#lib/server/reports.gen.ts';
import { run } from '../../../src/cli/run.ts';

const BEGINNINGS = ['=1+1', '+86 x', '-2+3', '@SUM(A1)', '\t=1', ' =1', '＝1'];

/** Leads whose texts a spreadsheet would run, half of them of S1, half of S2. */
const leads = [
  'lead_id,created_at,channel,store,staff_id,customer_name,phone',
  ...BEGINNINGS.flatMap((text, at) =>
    ['S1', 'S2'].map(
      (staff) => `${staff}-${at},2026-04-0${at + 1} 10:00,${text},南店,${staff},"${text}",1391234567${at}`,
    ),
  ),
];

const standings: Readonly<Record<'seller' | 'other' | 'manager' | 'marketer', Standing>> = {
  seller: { role: 'staff', staffId: 'S1' },
  other: { role: 'staff', staffId: 'S9' },
  manager: { role: 'manager', stores: ['北店'] },
  marketer: { role: 'marketer' },
};

let data: string;
let app: App;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'seven-steps-standing-'));
  writeFileSync(join(data, 'leads.csv'), `${leads.join('\n')}\n`);
  await run(['import', join(data, 'leads.csv')], {
    ...process.env,
    LANG: 'C',
    LC_ALL: 'C',
    SEVENSTEPS_DATA: data,
  });
  app = await openApp({ data, clock: () => new Date('2026-04-08T02:00:00Z') });
});
afterAll(async () => {
  await app.close();
  rmSync(data, { recursive: true, force: true });
});

const as = (who: keyof typeof standings) => ({
  warehouse: app.warehouse,
  viewer: { kind: 'person', id: who, name: who, ...standings[who] } satisfies PersonViewer,
});
const listed = (who: keyof typeof standings, given: Record<string, string> = {}) =>
  askByName(as(who), 'funnel_standing', { steps: '["lead","visit"]', from: '2026-04-01', ...given });

/** What came of a question: its number of rows, or the code of the refusal. */
const cameOf = (asking: Promise<{ rows: unknown[] }>) =>
  asking.then(
    ({ rows }) => rows.length,
    (failure: unknown) => {
      if (failure instanceof Refusal && failure.status < 500) return failure.code;
      throw failure;
    },
  );

describe('the list of who stands where', () => {
  test('as CSV gives a spreadsheet nothing to run, whatever customers are called', async () => {
    const { rows } = await listed('seller');
    const { data: cells } = Papa.parse<string[]>(rowsAsCsv(funnelStandingSpec.columns, rows).trim());
    expect(cells).toHaveLength(1 + BEGINNINGS.length);
    const names = cells.slice(1).map((row) => row[cells[0]?.indexOf('customer_name') ?? -1]);
    expect(names.filter((name) => name?.startsWith("'"))).toHaveLength(BEGINNINGS.length);
    expect(cells.flat().filter((cell) => /^[\s]*[=+\-@＝]/.test(cell))).toEqual([]);
  });

  test.each<Record<string, string>>([
    {},
    { conditions: '[{"field":"staff","is":"S2"}]' },
    { conditions: '{"staff":["S1","S2"]}' },
    { where: 'staff=S2' },
    { by: 'staff', segment: 'S2' },
    { field: 'staff', value: 'S2' },
    { field: 'inviter', value: 'S2', rest: 'true' },
    { standing: 'all', last: 'false' },
    { count: 'leads', hold: 'staff' },
    { path: 'true' },
  ])('shows staff and managers their own people only, asked with %j', async (given) => {
    const own = await cameOf(
      listed('seller', given).then(({ rows }) => ({
        rows: rows.filter((row) => (row as { staff: string | null }).staff !== 'S1'),
      })),
    );
    expect([0, 'not_your_segment']).toContain(own);
    expect([0, 'not_your_segment']).toContain(await cameOf(listed('other', given)));
    expect([0, 'not_your_segment', 'unknown_value']).toContain(await cameOf(listed('manager', given)));
    expect(await cameOf(listed('marketer', given))).toBe('not_your_report');
  });

  test.each([
    ['steps', '['.repeat(5000) + ']'.repeat(5000)],
    ['steps', '{"a":'.repeat(2000) + '1' + '}'.repeat(2000)],
    ['steps', '[{"kind":"lead","__proto__":{"kind":"order"}}]'],
    ['steps', '[{"kind":"lead"},{"kind":"visit","within":{"n":1e400,"unit":"day"}}]'],
    ['steps', `[${'"lead",'.repeat(20)}"lead"]`],
    ['steps', '["lead","\\u0000"]'],
    ['conditions', '[{"field":"constructor","is":"x"}]'],
    ['conditions', '[{"field":"$.x[*]","is":"x"}]'],
    ['conditions', '[{"field":"amount","more":1e999}]'],
    ['exclusions', '[{"kind":null,"from":1,"to":20}]'],
  ])('refuses %s that say nothing: %s', async (name, json) => {
    expect(await cameOf(listed('seller', { [name]: json }))).toMatch(
      /^(bad_contract|bad_text|unknown_event_field)$/,
    );
  });

  test.each(['9'.repeat(400), `0.${'1'.repeat(60)}`, '-0', '+1'])(
    'compares sums with any number: %s',
    async (n) => {
      expect(await cameOf(listed('seller', { conditions: `[{"field":"amount","more":"${n}"}]` }))).toBe(0);
    },
  );
});
