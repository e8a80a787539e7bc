import { describe, expect, it } from 'vitest';
import type { Code } from '#lib/errors/codes.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { pageOnce } from '../../../src/routes/week/cache.server.ts';

/** Data that change when the test says so, and a page on them. */
function changingData() {
  let version = 1;
  const warehouse = { dataVersion: () => version } as Warehouse;
  const reader = new AbortController().signal;
  return {
    change: () => (version += 1),
    open: (make: () => Promise<{ leads: number }>, patience: number) =>
      pageOnce(asOwner({ warehouse }), ['week'], make, reader, patience),
  };
}

const gives = (leads: number) => () => Promise.resolve({ leads });
const fails = (code: Code) => () =>
  Promise.reject<{ leads: number }>(new Refusal(code, { seconds: 30, from: '', last_day: '' } as never));
const AT_ONCE = 0;
const LONG = 3_600_000;

describe('a page whose data have changed', () => {
  it('shows the older figures, marked, while the new ones take longer than a reader waits, then the new ones', async () => {
    const { open, change } = changingData();
    expect(await open(gives(10), LONG)).toEqual({ leads: 10, isOlder: false });
    change();
    const coming = Promise.withResolvers<{ leads: number }>();
    expect(await open(() => coming.promise, AT_ONCE)).toEqual({ leads: 10, isOlder: true });
    coming.resolve({ leads: 20 });
    expect(await open(fails('query_failed'), LONG)).toEqual({ leads: 20, isOlder: false });
  });

  it('shows the new figures when they come in time', async () => {
    const { open, change } = changingData();
    await open(gives(10), LONG);
    change();
    expect(await open(gives(20), LONG)).toEqual({ leads: 20, isOlder: false });
  });

  it.each(['query_timeout', 'query_failed'] as const)('shows the older figures after %s', async (code) => {
    const { open, change } = changingData();
    await open(gives(10), LONG);
    change();
    expect(await open(fails(code), LONG)).toEqual({ leads: 10, isOlder: true });
    expect(await open(gives(20), LONG)).toEqual({ leads: 20, isOlder: false });
  });

  it('says what is wrong about the question, and what fails where nothing older is known', async () => {
    const { open, change } = changingData();
    await expect(open(fails('query_timeout'), LONG)).rejects.toThrow('query_timeout');
    await open(gives(10), LONG);
    change();
    await expect(open(fails('period_in_future'), LONG)).rejects.toThrow('period_in_future');
  });
});
