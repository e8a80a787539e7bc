import { describe, expect, test } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import { doors } from '#lib/server/access/doors.ts';
import type { Doors } from '#lib/server/access/doors.ts';
import { audienceOf, mayPass } from '#lib/server/access/may.ts';
import { openedDoors } from './opened.ts';

const declared = Object.entries(doors).flatMap(([route, { page, actions, methods }]: [string, Doors]) => [
  ...(page ? [`GET ${route}`] : []),
  ...Object.keys(actions ?? {}).map((name) => `POST ${route}?/${name}`),
  ...Object.keys(methods ?? {}).map((name) => `${name} ${route}`),
]);

describe('the table of doors', () => {
  test('declares every page, action and address that there is, and none that is not', () => {
    const opened = openedDoors().map(
      ({ route, method, action }) => `${method} ${route}${action === null ? '' : `?/${action}`}`,
    );
    expect(declared.sort()).toEqual(opened.sort());
  });

  test('lets strangers only to the set-up, the log-in, their links, and what says nothing', () => {
    const stranger: Viewer = { kind: 'stranger' };
    const open = Object.entries(doors).flatMap(([route, { page, actions = {}, methods = {} }]) =>
      [page, ...Object.values(actions), ...Object.values(methods)].some((door) => mayPass(stranger, door))
        ? [route]
        : [],
    );
    expect(open.sort()).toEqual(
      ['/healthz', '/join/[secret]', '/login', '/preferences', '/readyz', '/setup'].sort(),
    );
  });
});

describe('a door', () => {
  const at = (route: string | null, method: string, query = '') =>
    audienceOf({ route, method, search: new URLSearchParams(query) });
  const owner: Viewer = { kind: 'person', id: '1', name: 'Owner', role: 'owner' };

  test.each([
    ['a route that is not declared', '/nowhere', 'GET', ''],
    ['no route', null, 'GET', ''],
    ['what every object has', 'constructor', 'GET', ''],
    ['an action that is not declared', '/data', 'POST', '/burn='],
    ['an action that every object has', '/data', 'POST', '/constructor='],
    ['a form without an action where there is none', '/data', 'POST', ''],
    ['a method that is not declared', '/api/reports', 'DELETE', ''],
    ['a method that every object has', '/api/reports', 'constructor', ''],
    ['OPTIONS', '/api/reports', 'OPTIONS', ''],
  ])('is shut to everybody: %s', (_, route, method, query) => {
    expect(mayPass(owner, at(route, method, query))).toBe(false);
  });

  test('is that of the action which SvelteKit runs: the first of the address', () => {
    expect(at('/data/feeds', 'POST', 'x=1&/try&/remove')).toBe(doors['/data/feeds']?.actions?.['try']);
  });

  test('is the same for HEAD as for GET', () => {
    expect(at('/funnel', 'HEAD')).toBe(at('/funnel', 'GET'));
    expect(at('/api/reports', 'HEAD')).toBe(at('/api/reports', 'GET'));
  });

  test('of the lists opens to tokens of lists alone, and that of reports to tokens with a role', () => {
    const till: Viewer = { kind: 'token', id: 1, name: 'till', tables: ['orders'], reads: null };
    const reader: Viewer = { ...till, tables: [], reads: { role: 'marketer' } };
    const staff: Viewer = { ...till, tables: [], reads: { role: 'staff', staffId: 'S1' } };
    const passing = (route: string, method: string) =>
      [owner, till, reader, staff].map((viewer) => mayPass(viewer, at(route, method)));
    expect(passing('/api/v1/[table]', 'POST')).toEqual([false, true, false, false]);
    expect(passing('/api/reports/[name]', 'GET')).toEqual([true, false, true, true]);
    expect(passing('/funnel', 'GET')).toEqual([true, false, false, false]);
  });
});
