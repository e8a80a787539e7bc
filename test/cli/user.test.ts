import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sevensteps } from './command-line.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'seven-steps-user-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

it('sevensteps adds people, prints their link once, lists and bars them, without a server', async () => {
  const added = await sevensteps(
    data,
    ['user', 'add', '王静', '--role', 'manager', '--stores', '中山路店,江滨店'],
    {
      ORIGIN: 'https://studio.example',
    },
  );
  expect(added.code).toBe(0);
  expect(added.out).toMatch(/^https:\/\/studio\.example\/join\/[\w-]{43}\n$/);
  expect(added.messages).toContain('王静');
  const again = await sevensteps(data, ['user', 'reset', '王静', '--json']);
  const { link } = JSON.parse(again.out) as { link: string };
  expect(link).not.toBe(added.out.trim());
  const barred = await sevensteps(data, ['user', 'disable', '王静', '--json']);
  expect(JSON.parse(barred.out)).toMatchObject([{ name: '王静', disabledAt: expect.any(String) as string }]);
  const list = await sevensteps(data, ['user', 'list', '--format', 'csv']);
  expect(list.out).toContain('王静,manager,中山路店 江滨店,');
});

it.each([
  [['user', 'add', 'A'], 1, 'bad_role'],
  [['user', 'add', 'A', '--role', 'king'], 1, 'bad_role'],
  [['user', 'add', 'A', '--role', 'manager'], 1, 'stores_missing'],
  [['user', 'add', 'A', '--role', 'staff'], 1, 'staff_id_missing'],
  [['user', 'reset', 'nobody'], 1, 'unknown_person'],
  [['user', 'burn', 'A'], 2, 'usage'],
  [['user', 'add'], 2, 'usage'],
])('sevensteps refuses %j', async (given, code, error) => {
  const ended = await sevensteps(data, [...given, '--json']);
  expect([ended.code, JSON.parse(ended.out)]).toMatchObject([code, { error: { code: error } }]);
});

it('sevensteps keeps an owner: the last one cannot be barred', async () => {
  await sevensteps(data, ['user', 'add', 'A', '--role', 'owner']);
  const refused = await sevensteps(data, ['user', 'disable', 'A', '--json']);
  expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'last_owner' } });
  await sevensteps(data, ['user', 'add', 'B', '--role', 'owner']);
  expect((await sevensteps(data, ['user', 'disable', 'a'])).code).toBe(0);
});

it('sevensteps makes tokens that end after 90 days, by a day, after some days, or never where that is said', async () => {
  const ends = async (...more: string[]) => {
    const { out } = await sevensteps(data, ['token', 'add', 'till', '--json', ...more]);
    const { token } = JSON.parse(out) as { token?: { created_at: string; expires_at: string | null } };
    if (token === undefined) return 'refused';
    const { created_at, expires_at } = token;
    const day = (instant: string) => Date.parse(instant.slice(0, 10));
    return expires_at === null ? null : (day(expires_at) - day(created_at)) / 86_400_000;
  };
  const outcomes = [await ends(), await ends('--expires', '7'), await ends('--expires', 'never')];
  expect(outcomes).toEqual([90, 7, null]);
  expect(await ends('--expires', 'soon')).toBe('refused');
});

it('sevensteps makes tokens that read in a role and hand in nothing, unless lists are named', async () => {
  const add = (...more: string[]) => sevensteps(data, ['token', 'add', 'notebook', '--json', ...more]);
  expect(JSON.parse((await add('--role', 'marketer')).out)).toMatchObject({
    token: { tables: [], reads: { role: 'marketer' } },
  });
  expect(JSON.parse((await add('--role', 'staff', '--staff', 'S1', '--tables', 'leads')).out)).toMatchObject({
    token: { tables: ['leads'], reads: { role: 'staff', staffId: 'S1' } },
  });
  expect(JSON.parse((await add('--role', 'manager')).out)).toMatchObject({
    error: { code: 'stores_missing' },
  });
});
