import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { clientMatches } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { clientMatches as matchesOf } from '../oracle/client-matches.ts';
import type { Trait } from '../oracle/client-matches.ts';
import type { GivenName, GivenRow } from '../queries/case.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { runs } from './runs.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

const some = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: null });
const phones = some('13800000001', '13800000002', '13800000003', '13800000004', '00');
const names = some('王静', '李娜', '张伟', '刘洋', '陈');
const stores = some('东店', '西店');
const cities = some('南京', '苏州');
const days = some('2026-05-01', '2026-10-02');

const lead = fc.record({
  customer_id: some('c1', 'c2', 'c3', 'c4'),
  customer_name: names,
  phone: phones,
  wechat: some('wx1', 'wx2', 'wx3'),
  store: stores,
  city: cities,
  wedding_on: days,
});
const customer = fc.record({
  name: names,
  partner_name: names,
  phone: phones,
  partner_phone: phones,
  wechat: some('wx1', 'wx2'),
  city: cities,
  wedding_on: days,
});

const stored = { extra: '{}', batch_id: '1', imported_on: '2099-12-31' };

test('pairs of clients who may be one are those that a look at every two finds, as likely as it says', async () => {
  const seen = { pairs: 0, partners: 0, several: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(lead, { minLength: 4, maxLength: 14 }),
      fc.array(customer, { maxLength: 5 }),
      async (leads, customers) => {
        const leadRows = leads.map((row, at) => ({
          ...row,
          ...stored,
          lead_id: `l${at}`,
          created_at: '2026-02-01 10:00:00',
          line: String(at + 1),
        }));
        const customerRows = customers.map((row, at) => ({
          ...row,
          ...stored,
          customer_id: `c${at}`,
          batch_id: '2',
          line: String(at + 1),
        }));
        await fill(
          warehouse,
          new Map<GivenName, GivenRow[]>([
            ['leads', leadRows],
            ['customers', customerRows],
          ]),
        );
        const traits = await warehouse.query<Trait>('select * from client_traits');
        const expected = matchesOf(traits);
        const { rows } = await clientMatches(asOwner({ warehouse }), { least: 0, limit: 1000 });
        const told = rows.map(
          ({ client_a, client_b, confidence, phone_match, name_bearers, store_match }) => ({
            client_a,
            client_b,
            confidence: Math.round(confidence * 1e9),
            phone_match,
            name_bearers,
            store_match,
          }),
        );
        const pair = ({ client_a, client_b }: { client_a: string; client_b: string }) =>
          `${client_a} ${client_b}`;
        const inTurn = <Row extends { client_a: string; client_b: string }>(given: Row[]) =>
          given.toSorted((a, b) => (pair(a) < pair(b) ? -1 : 1));
        expect(inTurn(told)).toEqual(
          inTurn(expected.map((match) => ({ ...match, confidence: Math.round(match.confidence * 1e9) }))),
        );
        seen.pairs += rows.length;
        seen.partners += rows.filter(({ phone_match }) => phone_match === 'partner').length;
        seen.several += new Set(
          traits
            .filter(({ kind }) => kind === 'store')
            .map(({ client_id }) => client_id)
            .filter((id, at, all) => all.indexOf(id) !== at),
        ).size;
      },
    ),
    runs(20, 400),
  );
  expect(Math.min(seen.pairs, seen.partners, seen.several)).toBeGreaterThan(0);
});
