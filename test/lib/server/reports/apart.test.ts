import { expect, test } from 'vitest';
import { workedApart } from '#lib/server/reports/apart.ts';
import type { Row } from '#lib/server/warehouse/values.ts';

const PEOPLE = 3_210;
const nothingKnown = {
  backs: { found: null, reason: 'too_few' },
  spendings: { found: null, reason: 'too_few' },
};
const clients = Array.from({ length: PEOPLE }, (_, at): Row => ({ client_id: `C${at}`, orders: 1 }));
const given = [{ unit: 'week', limit: PEOPLE, offset: 0 }, nothingKnown];

test('many rows reach a thread whole and in their order, slice by slice, and others have their turn between slices', async () => {
  let [turns, isOver] = [0, false];
  const waiting = () => {
    turns += 1;
    if (!isOver) setImmediate(waiting);
  };
  setImmediate(waiting);
  const { signal } = new AbortController();
  const rows = await workedApart<Row[]>({ name: 'clientsWorth', rows: clients, given, moved: [] }, signal);
  isOver = true;
  expect(rows.map(({ client_id }) => client_id)).toEqual(clients.map(({ client_id }) => client_id));
  expect(rows.at(-1)).toMatchObject({ row_no: PEOPLE, reason: 'too_few' });
  expect(turns).toBeGreaterThan(5);
});

test('whoever goes away while rows are handed over is told so, and the next one is answered', async () => {
  const leaving = new AbortController();
  const work = { name: 'clientsWorth', rows: clients, given, moved: [] };
  const left = workedApart(work, leaving.signal);
  setImmediate(() => leaving.abort());
  await expect(left).rejects.toMatchObject({ code: 'query_cancelled' });
  expect(await workedApart<Row[]>(work, new AbortController().signal)).toHaveLength(PEOPLE);
});
