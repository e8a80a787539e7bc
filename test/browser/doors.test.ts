import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { doors } from '#lib/server/access/doors.ts';
import type { Audience } from '#lib/server/access/doors.ts';
import { cookieIn, openStudio, signedIn } from './studio.ts';
import type { Studio } from './studio.ts';

/** Whoever asks, as the table of doors knows them, and what they send. */
type Asker = {
  name: string;
  /** The role of a person or of a token; null for whoever is not let in anywhere. */
  role: 'owner' | 'manager' | 'marketer' | 'staff' | null;
  tokens: readonly ('lists' | 'reports')[];
  headers: Record<string, string>;
};

type Cell = { route: string; method: string; action: string | null; audience: Audience };

const password = 'another seven steps';

let studio: Studio;
let askers: Asker[];
beforeAll(async () => {
  studio = await openStudio(inject('sampleFolder'));
  const person = async (name: string, role: Asker['role'], ...more: string[]): Promise<Asker> => {
    const link = await studio.command('user', 'add', name, '--role', role ?? 'marketer', ...more);
    return { name, role, tokens: [], headers: { cookie: await join(link) } };
  };
  const token = async (name: string, role: Asker['role'], tokens: Asker['tokens'], ...more: string[]) => {
    const secret = await studio.command('token', 'add', name, ...more);
    return { name, role, tokens, headers: { authorization: `Bearer ${secret.trim()}` } };
  };
  askers = [
    { name: 'a stranger', role: null, tokens: [], headers: {} },
    { name: 'the owner', role: 'owner', tokens: [], headers: { cookie: signedIn.get(studio.address) ?? '' } },
    await person('a manager', 'manager', '--stores', '中山路店'),
    await person('a marketer', 'marketer'),
    await person('a member of staff', 'staff', '--staff', 'S11'),
    await person('somebody barred', null),
    await token('a token for lists', null, ['lists'], '--tables', 'orders'),
    await token('a token that reads', 'marketer', ['reports'], '--role', 'marketer'),
    await token('a token of staff', 'staff', ['reports'], '--role', 'staff', '--staff', 'S11'),
    await token('an expired token', null, [], '--role', 'owner', '--expires', '2020-01-01'),
  ];
  await studio.command('user', 'disable', 'somebody barred');
});
afterAll(() => studio.end());

/** Joins by a link of the command line, whose address is that of the default port; gives the cookie. */
async function join(link: string): Promise<string> {
  const address = studio.address + new URL(link.trim()).pathname;
  const body = new URLSearchParams({ password, again: password });
  const headers = { origin: studio.address };
  return cookieIn(await fetch(address, { method: 'POST', body, headers, redirect: 'manual' }));
}

/** Every door; signing out comes last, because whoever does it is nobody afterwards. */
const cells: Cell[] = Object.entries(doors)
  .flatMap(([route, { page, actions = {}, methods = {} }]) => [
    ...(page ? [{ route, method: 'GET', action: null, audience: page }] : []),
    ...Object.entries(actions).map(([action, audience]) => ({ route, method: 'POST', action, audience })),
    ...Object.entries(methods).map(([method, audience]) => ({ route, method, action: null, audience })),
  ])
  .toSorted((a, b) => Number(a.action === 'out') - Number(b.action === 'out'));

const values: Record<string, string> = {
  report: 'data_span',
  column: 'first_day',
  name: 'data_span',
  table: 'orders',
  list: 'orders',
  batch: '1',
};

const pathOf = ({ route, action }: Cell) =>
  route.replace(/\[(\w+)\]/g, (_, name: string) => values[name] ?? 'x') +
  (action === null || action === 'default' ? '' : `?/${action}`);

/** Whether the table lets somebody pass, read without the product's own code. */
function isDeclared({ role, tokens, headers }: Asker, { audience }: Cell): boolean {
  const isToken = headers['authorization'] !== undefined;
  const isKnown = role !== null || tokens.length > 0;
  if (audience.who === 'anyone') return true;
  if (audience.who === 'strangers') return !isKnown;
  if (isToken && (audience.tokens === undefined || !tokens.includes(audience.tokens))) return false;
  return audience.tokens === 'lists' ? isToken : role !== null && audience.who.includes(role);
}

/** Sends an empty request through a door; says whether it was turned away there, and how. */
async function ask({ headers }: Asker, cell: Cell): Promise<{ isTurnedAway: boolean; status: number }> {
  const isForm = cell.method === 'POST' && !cell.route.startsWith('/api/');
  const answer = await fetch(studio.address + pathOf(cell), {
    method: cell.method,
    redirect: 'manual',
    headers: { ...headers, accept: 'text/html', origin: studio.address },
    ...(isForm ? { body: new URLSearchParams({ as: 'owner' }) } : {}),
  });
  const text = await answer.text();
  const to = new URL(answer.headers.get('location') ?? '', studio.address).pathname;
  const isLed = answer.status === 303 && cell.action !== 'out' && ['/login', '/', '/me'].includes(to);
  // Preferences lead back to where one was; a set-up that is over leads to the log-in, whoever asks.
  const isItsWay = cell.route === '/preferences' || (cell.route === '/setup' && to === '/login');
  const isRefused =
    [401, 403].includes(answer.status) &&
    /sign_in_first|not_for_you|token_missing|token_expired|Log in first|not open to you/.test(text);
  return { isTurnedAway: isRefused || (isLed && !isItsWay), status: answer.status };
}

describe('each door of the house is as the table says', () => {
  test.each([
    'a stranger',
    'the owner',
    'a manager',
    'a marketer',
    'a member of staff',
    'somebody barred',
    'a token for lists',
    'a token that reads',
    'a token of staff',
    'an expired token',
  ])('for %s', async (name) => {
    const asker = askers.find((one) => one.name === name);
    if (asker === undefined) throw new Error(name);
    const wrong: string[] = [];
    for (const cell of cells) {
      const { isTurnedAway, status } = await ask(asker, cell);
      const isWrong = isTurnedAway === isDeclared(asker, cell) || status >= 500;
      if (isWrong) wrong.push(`${cell.method} ${pathOf(cell)}: ${isTurnedAway ? 'shut' : 'open'}, ${status}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('what is not declared', () => {
  test.each(['/nowhere', '/api/nowhere', '/.env', '/_app/../app.sqlite', '/api/auth/sign-up/email'])(
    'is shut to strangers: %s',
    async (path) => {
      const answer = await fetch(studio.address + path, { redirect: 'manual' });
      expect(answer.status).toBe(401);
    },
  );

  test('and static files are open, which say nothing', async () => {
    expect((await fetch(`${studio.address}/favicon.svg`)).status).toBe(200);
    expect((await fetch(`${studio.address}/_app/version.json`)).status).toBe(200);
  });

  test('answers a page that is open and whose session has ended with the way to the log-in', async () => {
    const data = await fetch(`${studio.address}/funnel/__data.json?by=store`);
    expect(await data.json()).toEqual({ type: 'redirect', location: '/login?back=%2Ffunnel%3Fby%3Dstore' });
    const page = await fetch(`${studio.address}/funnel?by=store`, {
      headers: { accept: 'text/html' },
      redirect: 'manual',
    });
    expect(page.headers.get('location')).toBe('/login?back=%2Ffunnel%3Fby%3Dstore');
    expect(page.headers.get('x-frame-options')).toBe('DENY');
  });
});
