import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { doors } from '#lib/server/access/doors.ts';
import type { Audience } from '#lib/server/access/doors.ts';
import type { ReportSpec } from '#lib/server/reports/spec.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import { openedDoors } from '../lib/server/access/opened.ts';
import type { OpenedDoor } from '../lib/server/access/opened.ts';
import { askerNames, everyAsker } from './askers.ts';
import type { Asker } from './askers.ts';
import { openStudio } from './studio.ts';
import type { Studio } from './studio.ts';

let studio: Studio;
let askers: Map<string, Asker>;
beforeAll(async () => {
  studio = await openStudio(inject('sampleFolder'));
  askers = await everyAsker(studio);
});
afterAll(() => studio.end());

/** Every door of src/routes; signing out comes last, because whoever does it is nobody afterwards. */
const cells = openedDoors().toSorted((a, b) => Number(a.action === 'out') - Number(b.action === 'out'));
const reports = Object.values(reportSpecs);

/** What the table of doors says of one of them. */
function declaredOf({ route, method, action }: OpenedDoor): Audience | undefined {
  const { page, actions = {}, methods = {} } = doors[route] ?? {};
  if (action !== null) return actions[action];
  return page !== undefined && method === 'GET'
    ? page
    : Object.entries(methods).find(([name]) => name === method)?.[1];
}

/** Whether the table lets somebody pass, read without the product's own code. */
function isDeclared({ standing, program, headers }: Asker, audience: Audience): boolean {
  const { who, tokens } = audience;
  if (who === 'anyone') return true;
  if (who === 'strangers') return standing === null && program === null;
  if (tokens === 'lists') return program === 'lists';
  if (headers['authorization'] !== undefined && tokens !== program) return false;
  return standing !== null && who.includes(standing.role);
}

const values: Record<string, string> = {
  report: 'data_span',
  column: 'first_day',
  name: 'data_span',
  table: 'orders',
  list: 'orders',
  batch: '1',
};

const pathOf = ({ route, action }: OpenedDoor) =>
  route.replace(/\[(\w+)\]/g, (_, name: string) => values[name] ?? 'x') +
  (action === null || action === 'default' ? '' : `?/${action}`);

/** Sends an empty request through a door; says whether it was turned away there, and how. */
async function knock(
  { headers }: Asker,
  door: OpenedDoor,
): Promise<{ isTurnedAway: boolean; status: number }> {
  const isForm = door.method === 'POST' && !door.route.startsWith('/api/');
  const answer = await fetch(studio.address + pathOf(door), {
    method: door.method,
    redirect: 'manual',
    headers: { ...headers, accept: 'text/html', origin: studio.address },
    ...(isForm ? { body: new URLSearchParams({ as: 'owner' }) } : {}),
  });
  const text = await answer.text();
  const to = new URL(answer.headers.get('location') ?? '', studio.address).pathname;
  const isLed = answer.status === 303 && door.action !== 'out' && ['/login', '/', '/me'].includes(to);
  // Preferences lead back to where one was; a set-up that is over leads to the log-in, whoever asks.
  const isItsWay = door.route === '/preferences' || (door.route === '/setup' && to === '/login');
  const isRefused =
    [401, 403].includes(answer.status) &&
    /sign_in_first|not_for_you|token_missing|token_unknown|token_expired|Log in first|not open to you/.test(
      text,
    );
  return { isTurnedAway: isRefused || (isLed && !isItsWay), status: answer.status };
}

/** A question that a report answers with rows of the sample: its own days, and a value wherever it insists on one. */
function questionOf({ parameters }: ReportSpec): URLSearchParams {
  const wanted = new Map([
    ['from', '2026-10-12'],
    ['to', '2026-10-25'],
    ['compare_from', '2026-09-28'],
    ['compare_to', '2026-10-11'],
    ['until', '2026-09-28'],
    ['week', '2026-10-19'],
    ['starts_on', '2026-10-01'],
    ['id', 'E1'],
    ['changed_store', '东门店'],
    ['changed_on', '2026-06-01'],
    ['person_id', 'C:C00005'],
    ['limit', '1000'],
  ]);
  const asked = parameters.flatMap(
    ({ name, kind, optional, default: preset, choices }): [string, string][] => {
      const value = wanted.get(name);
      if (value !== undefined) return [[name, value]];
      if (optional || preset !== null || kind === 'filters') return [];
      return [[name, kind === 'segment' ? 'channel' : (choices?.[0] ?? '1')]];
    },
  );
  return new URLSearchParams(asked);
}

type Answered = { status: number; code: string | null; rows: Record<string, unknown>[] };

async function askOver(address: string, { headers }: Asker): Promise<Answered> {
  const answer = await fetch(studio.address + address, {
    headers: { ...headers, accept: 'application/json' },
  });
  const body = (await answer.json()) as { error?: { code: string }; rows?: Answered['rows'] };
  return { status: answer.status, code: body.error?.code ?? null, rows: body.rows ?? [] };
}

/** Columns that say whose a row is; a row is somebody's where one of them names them. */
const OF_STAFF = ['staff_id', 'inviter', 'seller'];

/** What of a row a report's header does not let this person have. */
function strangeIn({ audience }: ReportSpec, { standing }: Asker, row: Record<string, unknown>): unknown {
  if (standing?.role === 'manager' && audience.manager === 'stores')
    return typeof row['store'] === 'string' && !standing.stores.includes(row['store']) ? row['store'] : null;
  if (standing?.role !== 'staff' || audience.staff !== 'own') return null;
  const named = OF_STAFF.map((column) => row[column]).filter((name) => typeof name === 'string');
  return named.length > 0 && !named.includes(standing.staffId) ? named.join() : null;
}

/** The asker of a name. */
function askerOf(name: string): Asker {
  const asker = askers.get(name);
  if (asker === undefined) throw new Error(name);
  return asker;
}

describe('each page, action and address of the house is open or shut as the table of doors says', () => {
  test.each(askerNames)('for %s', async (name) => {
    const asker = askerOf(name);
    const wrong: string[] = [];
    for (const door of cells) {
      const audience = declaredOf(door);
      const { isTurnedAway, status } = await knock(asker, door);
      const isWrong = audience === undefined || isTurnedAway === isDeclared(asker, audience) || status >= 500;
      const said = audience === undefined ? 'not declared' : isTurnedAway ? 'shut' : 'open';
      if (isWrong) wrong.push(`${door.method} ${pathOf(door)}: ${said}, ${status}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('each report is answered or refused as its header says, over the API and as a page', () => {
  test('and every header says it', () => {
    const undeclared = reports.filter(({ audience }) => audience.owner !== 'house').map(({ name }) => name);
    expect(undeclared).toEqual([]);
  });

  test.each(askerNames)('for %s', async (name) => {
    const asker = askerOf(name);
    const isInside = isDeclared(asker, doors['/api/reports/[name]']?.methods?.GET ?? { who: [] });
    const wrong: string[] = [];
    let rows = 0;
    for (const spec of reports) {
      const isOpen = isInside && asker.standing !== null && spec.audience[asker.standing.role] !== undefined;
      const answer = await askOver(`/api/reports/${spec.name}?${questionOf(spec)}`, asker);
      rows += answer.rows.length;
      const isRight = isOpen
        ? answer.status === 200
        : answer.rows.length === 0 &&
          (isInside ? answer.code === 'not_your_report' : answer.status === 401 || answer.status === 403);
      if (!isRight) wrong.push(`${spec.name}: ${answer.status} ${answer.code ?? ''}`);
      const strange = answer.rows.map((row) => strangeIn(spec, asker, row)).find((found) => found !== null);
      if (strange !== undefined) wrong.push(`${spec.name}: a row of ${String(strange)}`);
      if (!isOpen) wrong.push(...(await openPages(spec, asker)));
    }
    expect(wrong).toEqual([]);
    expect(rows > 0).toBe(isInside);
  });
});

/** Pages that give anything of a report to whoever may not ask it. */
async function openPages({ name, columns }: ReportSpec, { headers }: Asker): Promise<string[]> {
  const paths = [`/reports/${name}`, `/figure/${name}/${columns[0]?.name ?? ''}`];
  const answers = await Promise.all(
    paths.map((path) => fetch(studio.address + path, { headers, redirect: 'manual' })),
  );
  return answers.filter(({ status }) => status < 300).map(({ url }) => `open: ${url}`);
}

describe('notes', () => {
  /** Whose notes everybody below reads, in every page that shows any. */
  const circles = { house: 'house', north: '["东门店"]', south: '["中山路店"]' };
  const read: Readonly<Record<string, string>> = {
    'the owner': 'house north south',
    'a manager': 'house south',
    'a manager of another store': 'house north',
    'a marketer': 'house',
  };

  test('are read where they are shown by those whom they are for, and changed by their author and the owner', async () => {
    const send = (name: string, action: string, form: Record<string, string>) =>
      fetch(`${studio.address}/notes?/${action}`, {
        method: 'POST',
        body: new URLSearchParams({ week: '2026-10-19', ...form }),
        headers: { ...askerOf(name).headers, origin: studio.address, accept: 'text/html' },
        redirect: 'manual',
      });
    for (const [text, scope] of Object.entries(circles))
      await send('the owner', 'add', { text: `to ${text}`, scope });
    const pages = ['/?week=2026-10-19', '/funnel?from=2026-10-12&to=2026-10-25', '/notes'];
    const wrong: string[] = [];
    for (const [name, expected] of Object.entries(read))
      for (const path of pages) {
        const { headers } = askerOf(name);
        const page = await (await fetch(studio.address + path, { headers })).text();
        const shown = Object.keys(circles).filter((text) => page.includes(`to ${text}`));
        if (shown.join(' ') !== expected) wrong.push(`${name} ${path}: ${shown.join(' ')}`);
      }
    expect(wrong).toEqual([]);

    const outcomes = [];
    for (const name of ['a manager', 'a manager of another store', 'a marketer', 'the owner'])
      for (const id of ['1', '3'])
        for (const action of ['change', 'remove'])
          outcomes.push((await send(name, action, { id, text: 'mine' })).status);
    const [theirs, unseen, done] = [
      [403, 403],
      [404, 404],
      [303, 303],
    ];
    expect(outcomes).toEqual([theirs, theirs, theirs, unseen, theirs, unseen, done, done].flat());
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
