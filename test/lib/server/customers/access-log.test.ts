import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAccessLog } from '#lib/server/customers/access-log.ts';
import type { Access, AccessLog } from '#lib/server/customers/access-log.ts';
import { noteLook } from '#lib/server/customers/opening.ts';
import { openSettings } from '#lib/server/settings/settings.ts';

let folder: string;
let log: AccessLog;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-access-'));
  log = openAccessLog(join(folder, 'app.sqlite'));
});
afterEach(() => {
  log.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (more: Partial<Access> = {}) =>
  log.add({
    at: '2026-11-20T02:00:00.000Z',
    day: '2026-11-20',
    who: { id: 'p1', name: '王静', role: 'manager' },
    kind: 'opened',
    customer: 'C:C1',
    reason: '回访',
    ...more,
  });
const everything = { page: 1, size: 50 };

describe('the access log', () => {
  it('keeps who opened whose file, when and why, the latest first', () => {
    add();
    add({ at: '2026-11-20T03:00:00.000Z', who: { id: null, name: 'root', role: 'owner' }, kind: 'erased' });
    const { lines, all } = log.page({}, everything);
    expect(all).toBe(2);
    expect(lines).toMatchObject([
      { no: 2, who: { id: null, name: 'root' }, kind: 'erased' },
      { no: 1, who: { id: 'p1', name: '王静', role: 'manager' }, customer: 'C:C1', reason: '回访' },
    ]);
  });

  it('gives what was done by somebody, with a file, in some days, page by page', () => {
    add();
    add({ customer: 'C:C2', day: '2026-11-21' });
    add({ who: { id: 'p2', name: '李', role: 'staff' }, customer: 'L:C1', day: '2026-11-22' });
    const numbers = (filter: Parameters<AccessLog['page']>[0], place = everything) =>
      log.page(filter, place).lines.map(({ no }) => no);
    expect(numbers({ who: '王静' })).toEqual([2, 1]);
    expect(numbers({ customer: 'C1' })).toEqual([3, 1]);
    expect(numbers({ from: '2026-11-21', to: '2026-11-21' })).toEqual([2]);
    expect(numbers({}, { page: 2, size: 2 })).toEqual([1]);
    expect(log.names()).toEqual(['李', '王静']);
  });

  it('knows when an account last opened a file; what a command did opens nothing', () => {
    add();
    add({ at: '2026-11-20T04:00:00.000Z', kind: 'exported' });
    add({ at: '2026-11-20T05:00:00.000Z', who: { id: 'p2', name: '李', role: 'staff' } });
    expect(log.last('opened', 'p1', 'C:C1')).toBe('2026-11-20T02:00:00.000Z');
    expect(log.last('opened', 'p1', 'C:C2')).toBeNull();
  });

  it('says who looked at one of the staff as they see themselves, once for each quarter of an hour', () => {
    let now = new Date('2026-11-20T02:00:00Z');
    const settings = openSettings(':memory:');
    settings.set('time_zone', 'Asia/Shanghai');
    const look = (id: string, staffId: string) =>
      noteLook(
        { accessLog: log, settings, clock: () => now },
        { kind: 'person', id, name: '王静', role: 'owner' },
        staffId,
      );
    look('p1', 'S11');
    look('p1', 'S11');
    look('p1', 'S12');
    look('p2', 'S11');
    now = new Date('2026-11-20T02:15:00Z');
    look('p1', 'S11');
    settings.close();
    const { lines } = log.page({}, everything);
    expect(lines.map(({ no, kind, customer, day }) => [no, kind, customer, day])).toEqual([
      [4, 'looked_as', 'S:S11', '2026-11-20'],
      [3, 'looked_as', 'S:S11', '2026-11-20'],
      [2, 'looked_as', 'S:S12', '2026-11-20'],
      [1, 'looked_as', 'S:S11', '2026-11-20'],
    ]);
  });

  it.each([
    "update access_log set reason = 'other' where no = 1",
    'delete from access_log',
    `insert or replace into access_log (no, at, day, name, role, kind, customer, reason)
     values (1, 'x', 'x', 'x', 'x', 'x', 'x', 'x')`,
    `insert into access_log (no, at, day, name, role, kind, customer, reason)
     values (1, 'x', 'x', 'x', 'x', 'x', 'x', 'x') on conflict (no) do update set reason = 'other'`,
  ])('cannot be changed: %s', (statement) => {
    add();
    const store = new DatabaseSync(join(folder, 'app.sqlite'));
    try {
      expect(() => store.exec(statement)).toThrow(/the access log is not/);
    } finally {
      store.close();
    }
    expect(log.page({}, everything).lines).toMatchObject([{ no: 1, reason: '回访' }]);
  });
});
