import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { pageInSteps } from '../../src/routes/in-steps.server.ts';

type Page = { clients: number };
type Begin = (step: 'fit' | 'list') => void;

/** A page on data that change when the test says so; its making waits for what the test gives. */
function slowPage() {
  let version = 1;
  const warehouse = { dataVersion: () => version } as Warehouse;
  const asker = asOwner({ warehouse });
  return {
    change: () => (version += 1),
    open: (make: (begin: Begin) => Promise<Page>, patience: number) =>
      pageInSteps<Page, 'fit' | 'list'>(asker, ['value'], (_, begin) => make(begin), patience),
  };
}

const never = () => Promise.reject<Page>(new Error('This is made already.'));
const AT_ONCE = 0;
const LONG = 3_600_000;

describe('a page that is made in steps', () => {
  it('says which step it is at while it is made, and is there when it is asked for again', async () => {
    const { open } = slowPage();
    const [fit, list] = [Promise.withResolvers<undefined>(), Promise.withResolvers<Page>()];
    const make = async (begin: Begin) => {
      begin('fit');
      await fit.promise;
      begin('list');
      return list.promise;
    };
    expect(await open(make, AT_ONCE)).toEqual({ doing: { step: 'fit' } });
    fit.resolve(undefined);
    expect(await open(never, AT_ONCE)).toEqual({ doing: { step: 'list' } });
    list.resolve({ clients: 600 });
    expect(await open(never, LONG)).toEqual({ clients: 600, isOlder: false });
  });

  it('tells why it could not be made once to the next who asks, then tries anew', async () => {
    const { open } = slowPage();
    const coming = Promise.withResolvers<Page>();
    expect(await open(() => coming.promise, AT_ONCE)).toEqual({ doing: { step: null } });
    coming.reject(new Refusal('query_timeout', { seconds: 30 } as never));
    await expect(open(never, LONG)).rejects.toThrow('query_timeout');
    expect(await open(() => Promise.resolve({ clients: 1 }), LONG)).toEqual({ clients: 1, isOlder: false });
  });

  it('tells what fails in time to whoever asked, and not again', async () => {
    const { open } = slowPage();
    const fails = () => Promise.reject<Page>(new Refusal('query_timeout', { seconds: 30 } as never));
    await expect(open(fails, LONG)).rejects.toThrow('query_timeout');
    expect(await open(() => Promise.resolve({ clients: 1 }), LONG)).toEqual({ clients: 1, isOlder: false });
  });

  it('shows what older data gave while a change of the data is reckoned with', async () => {
    const { open, change } = slowPage();
    await open(() => Promise.resolve({ clients: 1 }), LONG);
    change();
    const coming = Promise.withResolvers<Page>();
    expect(await open(() => coming.promise, AT_ONCE)).toEqual({ clients: 1, isOlder: true });
    coming.resolve({ clients: 2 });
    expect(await open(never, LONG)).toEqual({ clients: 2, isOlder: false });
  });
});
