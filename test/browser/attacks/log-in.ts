import { describe, expect, inject, test } from 'vitest';
import { cookieIn, OWNER, signedIn, startServer } from '../studio.ts';
import type { Attacked } from './attacked.ts';

/** Sessions, passwords and the link of the set-up in the hands of somebody else. */
export function attackByLoggingIn(house: Attacked): void {
  describe('logging in', () => {
    const attempt = (name: string, password: string, headers: Record<string, string> = {}) =>
      fetch(`${house.studio().address}/login?/in`, {
        method: 'POST',
        body: new URLSearchParams({ name, password }),
        headers: { origin: house.studio().address, accept: 'text/html', ...headers },
        redirect: 'manual',
      });

    test('gives a session of its own, whatever cookie somebody was given before', async () => {
      const fixed = `${signedIn.get(house.studio().address)?.split('=')[0]}=fixed.fixed`;
      const answer = await attempt(OWNER.name, OWNER.password, { cookie: fixed });
      expect(answer.status).toBe(303);
      expect(cookieIn(answer)).not.toContain('fixed');
      expect(
        (
          await fetch(`${house.studio().address}/account`, {
            headers: { cookie: fixed, accept: 'text/html' },
            redirect: 'manual',
          })
        ).status,
      ).toBe(303);
      for (const line of answer.headers.getSetCookie()) expect(line).toMatch(/HttpOnly/i);
    });

    test('is tried ten times for a name, whatever address a request claims to come from', async () => {
      await house.studio().command('user', 'add', 'Target', '--role', 'marketer');
      const statuses: number[] = [];
      for (let tries = 0; tries < 11; tries += 1) {
        const headers = { 'x-forwarded-for': `10.1.1.${tries}`, 'x-seven-steps-address': `10.2.2.${tries}` };
        statuses.push((await attempt('Target', 'not this one at all', headers)).status);
      }
      expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    });

    test('cannot begin anew with the link of the set-up', async () => {
      const { server, link } = await startServer(inject('sampleFolder'));
      const key = new URL(link ?? '').searchParams.get('key') ?? '';
      const setUp = (name: string) =>
        fetch(`${server.address}/setup`, {
          method: 'POST',
          body: new URLSearchParams({ key, name, password: OWNER.password, again: OWNER.password }),
          headers: { origin: server.address, accept: 'text/html' },
          redirect: 'manual',
        });
      const untilThen = await Promise.all(
        ['/', '/data', '/people', '/api/reports/funnel', '/join/x', '/login', '/readyz'].map(async (path) => {
          const { status, headers } = await fetch(server.address + path, { redirect: 'manual' });
          return `${path} ${status} ${headers.get('location') ?? ''}`.trim();
        }),
      );
      expect(untilThen).toEqual([
        '/ 401',
        '/data 401',
        '/people 401',
        '/api/reports/funnel 401',
        '/join/x 410',
        '/login 303 /setup',
        '/readyz 200',
      ]);
      const answers = [...(await Promise.all([setUp('One'), setUp('Two')])), await setUp('Three')];
      expect(answers.filter((answer) => cookieIn(answer) !== '')).toHaveLength(1);
      expect(answers.map(({ headers }) => headers.get('location')).toSorted()).toEqual([
        '/login',
        '/login',
        '/start',
      ]);
      await server.end();
    });
  });
}
