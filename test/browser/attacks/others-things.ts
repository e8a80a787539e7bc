import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { doors } from '#lib/server/access/doors.ts';
import { cookieIn } from '../studio.ts';
import type { Attacked } from './attacked.ts';
import { sent } from './sent.ts';

/** What belongs to others, named by whoever knows or guesses what it is called. */
export function attackByNaming(house: Attacked): void {
  describe('what is not one’s own', () => {
    test('is answered as what does not exist: batches, drafts, imports, decisions, feeds, notes, people', async () => {
      const ids = [
        '0',
        '-1',
        '999999',
        '1e3',
        '1 or 1=1',
        randomUUID(),
        '__proto__',
        'constructor',
        '%00',
        '..%2f..',
      ];
      const wrong: string[] = [];
      for (const route of Object.keys(doors).filter((one) => one.includes('[')))
        for (const id of ids) {
          const path = route.replace(/\[\w+\]/g, encodeURI(decodeURI(id)).replaceAll('/', '%2f'));
          if (path.startsWith('/api/v1')) continue;
          const { status } = await house.studio().fetch(path, { redirect: 'manual' });
          if (![400, 404, 410].includes(status)) wrong.push(`${path}: ${status}`);
        }
      for (const query of ['people?edit=', 'notes?edit=', 'data/mappings/file?source='])
        for (const id of ids) {
          const { status } = await house.studio().fetch(`/${query}${id}`);
          if (![400, 404].includes(status)) wrong.push(`${query}${id}: ${status}`);
        }
      expect(wrong).toEqual([]);
    });

    test('cannot be told from nothing by a role that may not see it', async () => {
      const marketer = await joined('Marie', 'marketer');
      const told = async (path: string) => {
        const answer = await fetch(house.studio().address + path, {
          headers: { cookie: marketer, accept: 'text/html' },
        });
        return [answer.status, await answer.text()];
      };
      for (const [real, none] of [
        ['/data/batches/1', '/data/batches/999999'],
        ['/data/batches/1/rejects.csv', '/data/batches/999999/rejects.csv'],
        ['/data/lists/leads', '/data/lists/nothing'],
        [`/people?edit=${await idOf('Marie')}`, `/people?edit=${randomUUID()}`],
      ] as const)
        expect(await told(real)).toEqual(await told(none));
    });

    test('is neither ended, revoked nor taken back by naming it', async () => {
      const [one, other] = [await joined('Anna', 'marketer'), await joined('Berta', 'marketer')];
      const act = (cookie: string, action: string, id: string) =>
        fetch(`${house.studio().address}/account?/${action}`, {
          method: 'POST',
          body: new URLSearchParams({ id }),
          headers: { cookie, origin: house.studio().address, accept: 'text/html' },
          redirect: 'manual',
        });
      const page = (cookie: string) =>
        fetch(`${house.studio().address}/account`, {
          headers: { cookie, accept: 'text/html' },
          redirect: 'manual',
        });
      const again = await logIn('Anna');
      const [, session = ''] = /name="id" value="([^"]+)"/.exec(await (await page(one)).text()) ?? [];
      expect(session).not.toBe('');
      await act(other, 'end', session);
      expect((await page(again)).status).toBe(200);
      await act(one, 'end', session);
      expect((await page(again)).status).toBe(303);

      const own = (await house.studio().command('token', 'add', 'theirs', '--tables', 'leads')).trim();
      const brought = await sent(
        house.studio(),
        '/api/v1/leads',
        { authorization: `Bearer ${own}`, 'content-type': 'text/csv' },
        'POST',
        'lead_id,created_at\ntheirs,2026-03-01\n',
      );
      const { batch } = JSON.parse(brought.text) as { batch: number };
      const listed = JSON.parse(await house.studio().command('token', 'list', '--json')) as {
        id: number;
        name: string;
      }[];
      const till = listed.find(({ name }) => name === 'theirs')?.id ?? 0;
      await act(other, 'revoke_token', String(till));
      const stranger = (
        await house.studio().command('token', 'add', 'not the till', '--tables', 'leads')
      ).trim();
      const takeBack = (batch: string) =>
        fetch(`${house.studio().address}/api/v1/leads/${batch}`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${stranger}` },
        });
      const [theirs, none] = [await takeBack(String(batch)), await takeBack('9999')];
      expect(theirs.status).toBe(404);
      expect((await theirs.text()).replaceAll(String(batch), 'N')).toBe(
        (await none.text()).replaceAll('9999', 'N'),
      );
      const still = JSON.parse(await house.studio().command('token', 'list', '--json')) as {
        id: number;
        revoked_at: string | null;
      }[];
      expect(still.find(({ id }) => id === till)?.revoked_at ?? null).toBe(null);
    });

    const password = 'a sentence of my own';

    async function joined(name: string, role: string): Promise<string> {
      const link = (await house.studio().command('user', 'add', name, '--role', role)).trim();
      const open = () =>
        fetch(house.studio().address + new URL(link).pathname, {
          method: 'POST',
          body: new URLSearchParams({ password, again: password }),
          headers: { origin: house.studio().address, accept: 'text/html' },
          redirect: 'manual',
        });
      const cookie = cookieIn(await open());
      expect((await open()).status).toBe(410);
      return cookie;
    }

    async function idOf(name: string): Promise<string> {
      const people = JSON.parse(await house.studio().command('user', 'list', '--json')) as {
        id: string;
        name: string;
      }[];
      return people.find((person) => person.name === name)?.id ?? '';
    }

    async function logIn(name: string): Promise<string> {
      const answer = await fetch(`${house.studio().address}/login?/in`, {
        method: 'POST',
        body: new URLSearchParams({ name, password }),
        headers: { origin: house.studio().address, accept: 'text/html' },
        redirect: 'manual',
      });
      return cookieIn(answer);
    }
  });
}
