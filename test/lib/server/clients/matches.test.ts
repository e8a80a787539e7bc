import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Standing, Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { decideMatch, undoDecision } from '#lib/server/clients/matches.ts';
import { clientDecisions, clientMatches } from '#lib/server/reports.gen.ts';
import { openInstallation } from '../../../property/installation.ts';
import type { Installation } from '../../../property/installation.ts';
import { bring, differences } from '../../../property/refresh.ts';

const person = (standing: Standing): Viewer => ({ kind: 'person', id: 'p', name: '陈', ...standing });
const owner = person({ role: 'owner' });
const east = person({ role: 'manager', stores: ['东店'] });
const west = person({ role: 'manager', stores: ['西店'] });

/** K1 and K2 have one telephone, and K3 and K4; the first two came to 东店, the others to 西店. L9 is K1 by telephone. */
const people = ['K1', 'K2', 'K3', 'K4'];
const phones = ['13800000001', '13800000002'];

let app: Installation;
beforeEach(async () => {
  app = await openInstallation('2026-03-01');
  await bring(app, [
    {
      table: 'leads',
      rows: people.map((customer, at) => ({
        lead_id: `L${at}`,
        created_at: '2026-01-05T10:00:00',
        customer_id: customer,
        store: at < 2 ? '东店' : '西店',
        phone: phones[at < 2 ? 0 : 1] ?? null,
      })),
    },
  ]);
});
afterEach(() => app.close());

const asker = (viewer: Viewer) => ({ warehouse: app.warehouse, viewer });
const proposed = async (viewer: Viewer) =>
  (await clientMatches(asker(viewer), {})).rows.map(({ client_a, client_b }) => `${client_a} ${client_b}`);
const decisions = async (viewer: Viewer) => (await clientDecisions(asker(viewer), {})).rows;
const decide = (viewer: Viewer, one: string, other: string, decision: 'same' | 'different') =>
  decideMatch(app, asker(viewer), { one, other, decision });
const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

/** All that the models hold. */
async function models(): Promise<Record<string, object[]>> {
  const names = await app.warehouse.query<{ name: string }>(
    "select table_name as name from duckdb_tables() where schema_name = 'main' order by 1",
  );
  const found: Record<string, object[]> = {};
  for (const { name } of names) found[name] = await app.warehouse.query(`select * from ${name} order by all`);
  return found;
}

describe('a decision on two who may be one client', () => {
  test('makes them one, stands in the list with who and when, and undone leaves everything as before', async () => {
    const before = await models();
    expect(await proposed(owner)).toEqual(['C:K1 C:K2', 'C:K3 C:K4']);
    const batch = await decide(owner, 'C:K2', 'C:K1', 'same');
    expect(await proposed(owner)).toEqual(['C:K3 C:K4']);
    expect(await app.warehouse.query('select person_id, client_id from client_links')).toEqual([
      { person_id: 'C:K2', client_id: 'C:K1' },
    ]);
    expect(await decisions(owner)).toMatchObject([
      {
        batch_id: batch,
        decided_at: '2026-03-01T12:00:00',
        decided_by: '陈',
        decision: 'same',
        standing: 'holds',
        person_a: 'C:K1',
        person_b: 'C:K2',
      },
    ]);
    const [entry] = await app.warehouse.query(
      `select source, imported_by from raw.batches where batch_id = ${batch}`,
    );
    expect(entry).toEqual({ source: 'entered', imported_by: '陈' });
    expect(await differences(app)).toEqual([]);
    await undoDecision(app, asker(owner), String(batch));
    expect(await models()).toEqual(before);
    expect(await proposed(owner)).toEqual(['C:K1 C:K2', 'C:K3 C:K4']);
  });

  test('that they are two is not asked again', async () => {
    await decide(owner, 'C:K1', 'C:K2', 'different');
    expect(await proposed(owner)).toEqual(['C:K3 C:K4']);
    expect(await app.warehouse.query('select person_id from client_links')).toEqual([]);
  });

  test('is made of one’s own stores alone, and seen and undone there alone', async () => {
    expect(await proposed(west)).toEqual(['C:K3 C:K4']);
    expect(await codeOf(decide(west, 'C:K1', 'C:K2', 'same'))).toBe('match_is_stale');
    expect(await codeOf(decide(west, 'C:K1', 'C:K3', 'same'))).toBe('match_is_stale');
    const batch = await decide(east, 'C:K1', 'C:K2', 'same');
    expect(await decisions(west)).toEqual([]);
    expect(await codeOf(undoDecision(app, asker(west), String(batch)))).toBe('unknown_match');
    expect(await decisions(east)).toHaveLength(1);
    expect(await codeOf(undoDecision(app, asker(east), String(batch)))).toBe('done');
    for (const other of [person({ role: 'marketer' }), person({ role: 'staff', staffId: 'S1' })]) {
      expect(await codeOf(decide(other, 'C:K1', 'C:K2', 'same'))).toBe('not_your_report');
      expect(await codeOf(undoDecision(app, asker(other), String(batch)))).toBe('not_your_report');
    }
  });

  test('is refused of a pair that is not proposed, or no more', async () => {
    for (const [one, other] of [
      ['C:K1', 'C:K3'],
      ['C:K1', 'C:K1'],
      ['C:K1', 'C:nobody'],
      ['V:1', 'C:K1'],
      ["' or 1=1 --", 'C:K1'],
    ] as const)
      expect(await codeOf(decide(owner, one, other, 'same'))).toBe('match_is_stale');
    expect(await codeOf(decide(owner, '', 'C:K1', 'same'))).toBe('unknown_match');
    const both = ['same', 'different'] as const;
    const codes = await Promise.all(both.map((one) => codeOf(decide(owner, 'C:K1', 'C:K2', one))));
    expect(codes.toSorted()).toEqual(['done', 'match_is_stale']);
    expect(await decisions(owner)).toHaveLength(1);
  });

  test('is undone once, and only where it was entered: a list of decisions that was imported goes whole', async () => {
    const batch = await decide(owner, 'C:K1', 'C:K2', 'different');
    await undoDecision(app, asker(owner), String(batch));
    for (const other of [String(batch), '1', '0', '-1', 'x', '1 or 1=1'])
      expect(await codeOf(undoDecision(app, asker(owner), other))).toBe('unknown_match');
  });
});
