import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { openTokens } from '#lib/server/tokens/tokens.ts';
import type { Token } from '#lib/server/tokens/tokens.ts';
import { locales } from '#lib/words/locale.ts';
import { codeAt } from '../lib/server/accounts/one-time-code.ts';
import { sideways, speakers, violations, violationsAllDay, visit } from './reader.ts';
import { sampleStudio } from './sample-studio.ts';
import { openStudio, OWNER, signedIn, startServer } from './studio.ts';
import type { Studio } from './studio.ts';

const shared = sampleStudio();

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio(inject('sampleFolder'));
});
afterAll(() => studio.end());

const password = 'a sentence of my own';

/** Opens a path of the studio as somebody who has not logged in. */
async function visitAsStranger(path: string, script = true) {
  const cookie = signedIn.get(studio.address) ?? '';
  signedIn.delete(studio.address);
  try {
    return await visit(shared.browser, studio.address + path, { script, width: 390 });
  } finally {
    signedIn.set(studio.address, cookie);
  }
}

async function logIn(page: Page, name: string, secret: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Log in' }).click();
}

test('the first owner begins by the link of the console, without scripts and past the proxy whose header says where requests come from, and nobody else does', async () => {
  const { server, link } = await startServer(inject('sampleFolder'), { ADDRESS_HEADER: 'X-Real-IP' });
  const { page, leave } = await visit(shared.browser, `${server.address}/funnel`, { script: false });
  expect(new URL(page.url()).pathname).toBe('/setup');
  expect(await page.locator('main').innerText()).toContain('Nobody has been set up here yet');
  expect(await page.locator('main form').count()).toBe(0);

  await page.goto(link ?? '');
  await page.getByLabel('Name').fill('Boss');
  await page.getByLabel('New password').fill('password123');
  await page.getByLabel('The same once more').fill('password123');
  await page.getByRole('button', { name: 'Begin' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('one of the first that are tried');
  await page.getByLabel('New password').fill(password);
  await page.getByLabel('The same once more').fill(password);
  await page.getByRole('button', { name: 'Begin' }).click();
  expect(new URL(page.url()).pathname).toBe('/start');
  await leave();

  const later = await visit(shared.browser, link ?? '', { script: false });
  expect(new URL(later.page.url()).pathname).toBe('/login');
  await later.leave();
  await server.end();
});

describe('logging in', () => {
  test('leads back to what was asked, and never away', async () => {
    const { page, leave } = await visitAsStranger('/funnel?by=store');
    expect(new URL(page.url()).pathname).toBe('/login');
    await logIn(page, OWNER.name, 'not this one at all');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('Name or password is not right');
    await logIn(page, OWNER.name, OWNER.password);
    await page.waitForURL(`${studio.address}/funnel?by=store`);
    await leave();

    const away = await visitAsStranger('/login?back=//evil.example/');
    await logIn(away.page, OWNER.name, OWNER.password);
    await away.page.waitForURL((url) => url.pathname !== '/login');
    expect(new URL(away.page.url()).origin).toBe(studio.address);
    await away.leave();
  });

  test('gives a cookie that scripts cannot read, and logging out ends it for good', async () => {
    const { page, leave } = await visitAsStranger('/login');
    await logIn(page, OWNER.name, OWNER.password);
    await page.waitForURL(`${studio.address}/`);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(await page.evaluate(() => document.cookie)).not.toContain('session');
    await page.goto(`${studio.address}/account`);
    await page.getByRole('button', { name: 'Log out', exact: true }).first().click();
    await page.waitForURL(`${studio.address}/login`);
    const headers = { cookie: `${cookie?.name}=${cookie?.value}` };
    expect((await fetch(`${studio.address}/api/reports/data_span`, { headers })).status).toBe(401);
    await leave();
  });
});

describe('people', () => {
  test('are invited by a link that is good once, see what is theirs, and are out at once when they are barred', async () => {
    const owner = await visit(shared.browser, `${studio.address}/people`);
    await owner.page.getByRole('textbox', { name: 'Name' }).fill('王静');
    await owner.page.getByRole('radio', { name: 'staff' }).check();
    await owner.page.getByLabel('Staff number').fill('S11');
    await owner.page.getByRole('button', { name: 'Make the link' }).click();
    const link = await owner.page.locator('.made code').innerText();
    expect(await owner.page.locator('main').innerText()).toContain('has not opened the link yet');

    const staff = await visitAsStranger(new URL(link).pathname);
    expect(await staff.page.locator('.lead').innerText()).toContain('staff: S11');
    await staff.page.getByLabel('New password').fill(password);
    await staff.page.getByLabel('The same once more').fill(password);
    await staff.page.getByRole('button', { name: 'Log in' }).click();
    await staff.page.waitForURL((url) => !url.pathname.startsWith('/join'));
    expect(await staff.page.getByRole('navigation', { name: 'Main' }).innerText()).not.toContain('People');
    expect((await staff.page.goto(`${studio.address}/settings`))?.status()).toBe(403);
    expect(await staff.page.locator('body').innerText()).toContain('not open to you');
    expect((await staff.page.goto(link))?.status()).toBe(410);

    await owner.page.goto(`${studio.address}/people`);
    await owner.page.locator('li', { hasText: '王静' }).getByRole('button', { name: 'Bar' }).click();
    await owner.page.locator('li', { hasText: '王静' }).getByText('may not log in').waitFor();
    await staff.page.goto(`${studio.address}/account`);
    expect(new URL(staff.page.url()).pathname).toBe('/login');
    await staff.leave();
    await owner.leave();
  });

  test('cannot be left without an owner', async () => {
    const { page, leave } = await visit(shared.browser, `${studio.address}/people`, { script: false });
    await page.locator('li', { hasText: OWNER.name }).getByRole('button', { name: 'Bar' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Somebody has to stay the owner');
    await leave();
  });
});

/** For how many days a token is accepted, from the day on which it was made. */
function daysOf(token: Token | undefined): number {
  const day = (instant: string | null | undefined) => Date.parse(instant?.slice(0, 10) ?? '');
  return (day(token?.expires_at) - day(token?.created_at)) / 86_400_000;
}

/** Makes somebody's own token in the store of a studio; gives its secret. */
function ownToken({ data }: Studio, person: string): string {
  const tokens = openTokens(join(data, 'app.sqlite'));
  try {
    return tokens.add({ name: 'notebook', tables: '', person, expires: null }, new Date()).secret;
  } finally {
    tokens.close();
  }
}

describe('an account', () => {
  /** Somebody of their own, logged in on a page. */
  async function member(name: string) {
    const link = await studio.command('user', 'add', name, '--role', 'marketer');
    const { page, leave } = await visitAsStranger(new URL(link.trim()).pathname, false);
    await page.getByLabel('New password').fill(password);
    await page.getByLabel('The same once more').fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.goto(`${studio.address}/account`);
    return { page, leave };
  }

  test('takes a second step, asks for its code from then on, and takes a spare code once', async () => {
    const { page, leave } = await member('Two Steps');
    const second = page.locator('section', { hasText: 'Second step' });
    await second.getByLabel('Present password').fill(password);
    await second.getByRole('button', { name: 'Switch it on' }).click();
    expect(await second.getByRole('img', { name: 'The key as a QR code' }).count()).toBe(1);
    const secret = await second.locator('code').first().innerText();
    const [spare = ''] = (await second.locator('code').last().innerText()).split(' ');
    await second.getByRole('textbox', { name: 'Code' }).fill('000000');
    await second.getByRole('button', { name: 'Confirm' }).click();
    expect(await second.getByRole('alert').innerText()).toContain('This code is not right');
    await second.getByRole('textbox', { name: 'Code' }).fill(codeAt(secret, Date.now()));
    await second.getByRole('button', { name: 'Confirm' }).click();
    expect(await second.innerText()).toContain('It is on');
    await leave();

    for (const code of [() => codeAt(secret, Date.now() + 30_000), () => spare]) {
      const again = await visitAsStranger('/login', false);
      await logIn(again.page, 'Two Steps', password);
      expect((await again.page.context().cookies()).some(({ name }) => name.includes('session_token'))).toBe(
        false,
      );
      await again.page.getByRole('textbox', { name: 'Code' }).fill(code());
      await again.page.getByRole('button', { name: 'Go on' }).click();
      expect(new URL(again.page.url()).pathname).toBe('/');
      await again.leave();
    }
    const used = await visitAsStranger('/login', false);
    await logIn(used.page, 'Two Steps', password);
    await used.page.getByRole('textbox', { name: 'Code' }).fill(spare);
    await used.page.getByRole('button', { name: 'Go on' }).click();
    expect(await used.page.getByRole('alert').innerText()).toContain('This code is not right');
    await used.leave();
  });

  test('lists where it is logged in, and ends the others with a new password', async () => {
    const { page, leave } = await member('Two Places');
    const other = await visitAsStranger('/login', false);
    await logIn(other.page, 'Two Places', password);
    await page.reload();
    expect(await page.locator('section', { hasText: 'Where you are logged in' }).locator('li').count()).toBe(
      2,
    );
    await page.getByLabel('Present password').first().fill(password);
    await page.getByLabel('New password').fill('another sentence of mine');
    await page.getByLabel('The same once more').fill('another sentence of mine');
    await page.getByRole('button', { name: 'Change, and log out everywhere else' }).click();
    expect(await page.locator('main').getByRole('status').allInnerTexts()).toEqual(['Done.']);
    await other.page.goto(`${studio.address}/account`);
    expect(new URL(other.page.url()).pathname).toBe('/login');
    await other.leave();
    await leave();
  });

  test('makes a token for whoever knows the password, good for 90 days, which reads as its person may until the owner revokes it', async () => {
    const { page, leave } = await member('Reader');
    const tokens = page.locator('section[aria-labelledby=tokens]');
    const make = async (present: string) => {
      await tokens.getByLabel('Name').fill('notebook');
      await tokens.getByLabel('Present password').fill(present);
      await tokens.getByRole('button', { name: 'Make a token' }).click();
    };
    await make('not this one at all');
    expect(await tokens.getByRole('alert').innerText()).toContain('present password is not right');
    expect(await tokens.locator('li').count()).toBe(0);
    await make(password);
    const headers = { authorization: `Bearer ${await tokens.locator('code').innerText()}` };
    const read = () => fetch(`${studio.address}/api/reports/data_span`, { headers });
    expect((await read()).status).toBe(200);
    const [made] = JSON.parse(await studio.command('token', 'list', '--json')) as Token[];
    expect(daysOf(made)).toBe(90);
    await leave();

    const owner = await visit(shared.browser, `${studio.address}/people`, { script: false });
    const line = owner.page.locator('li', { hasText: 'notebook' });
    expect(await line.innerText()).toContain('Reader');
    await line.getByRole('button', { name: 'Revoke' }).click();
    expect((await read()).status).toBe(401);
    await owner.leave();
  });

  test('loses its tokens when it is barred or its link is made anew, by page or by command, and letting in gives none back', async () => {
    const added = await studio.command('user', 'add', 'Till', '--role', 'marketer', '--json');
    const { id } = (JSON.parse(added) as { person: { id: string } }).person;
    const act = (action: string) =>
      studio.fetch(`/people?/${action}`, {
        method: 'POST',
        body: new URLSearchParams({ id }),
        headers: { origin: studio.address },
      });
    const outcomes: number[] = [];
    for (const end of [
      () => act('reset'),
      () => act('disable').then(() => act('enable')),
      () => studio.command('user', 'reset', 'Till'),
      () => studio.command('user', 'disable', 'Till'),
    ]) {
      const authorization = `Bearer ${ownToken(studio, id)}`;
      const read = () => fetch(`${studio.address}/api/reports/data_span`, { headers: { authorization } });
      outcomes.push((await read()).status);
      await end();
      outcomes.push((await read()).status);
    }
    expect(outcomes).toEqual([200, 401, 200, 401, 200, 401, 200, 401]);
  });
});

describe('the sample', () => {
  test('is looked at as one of its people, chosen above the pages without scripts', async () => {
    const { page, leave } = await visit(shared.browser, shared.address, { script: false });
    await page.getByLabel('Look as').selectOption({ label: 'seller 林静' });
    await page.getByRole('button', { name: 'Look as' }).click();
    expect((await page.goto(`${shared.address}/settings`))?.status()).toBe(403);
    await page.goto(`${shared.address}/account`);
    await page.getByLabel('Look as').selectOption('owner');
    await page.getByRole('button', { name: 'Look as' }).click();
    expect((await page.goto(`${shared.address}/settings`))?.status()).toBe(200);
    await leave();
  });
});

describe.each(locales)('the pages of accounts in %s', (language) => {
  test('are whole for everybody on a phone, by day and by night', async () => {
    for (const path of ['/people', '/account']) {
      const reader = { locale: speakers[language], width: 390 };
      const { page, leave } = await visit(shared.browser, studio.address + path, reader);
      expect(await violationsAllDay(page), path).toEqual([]);
      expect(await sideways(page), path).toBe(0);
      await leave();
    }
  });
});

test('the log-in is whole for everybody on a phone', async () => {
  const { page, leave, complaints } = await visitAsStranger('/login');
  expect(await violations(page)).toEqual([]);
  expect(await sideways(page)).toBe(0);
  expect(complaints).toEqual([]);
  await leave();
});
