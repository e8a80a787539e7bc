import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workbook } from '../../lib/server/import/reading/workbooks.ts';
import { signedIn } from '../studio.ts';
import type { Attacked } from './attacked.ts';
import { forms } from './doors-of-forms.ts';
import { sent } from './sent.ts';

/** More than fits: bodies, headers, records without an end. */
export function attackBySize(house: Attacked): void {
  describe('what is too large', () => {
    test('is refused at every door before it is taken in, and leaves nothing', async () => {
      const staging = join(house.studio().data, 'staging');
      const waiting = () => (existsSync(staging) ? readdirSync(staging) : []);
      const before = waiting();
      await house.studio().command('set', 'upload_limit', '1');
      const cookie = signedIn.get(house.studio().address) ?? '';
      const token = (await house.studio().command('token', 'add', 'flood', '--tables', 'leads')).trim();
      const wrong: string[] = [];
      const big = 'x'.repeat(9 << 20);
      for (const { path, audience } of forms) {
        const isStranger = audience.who === 'strangers';
        const type =
          audience.body === 'files' ? 'multipart/form-data; boundary=x' : 'application/x-www-form-urlencoded';
        const file = '--x\r\ncontent-disposition: form-data; name="files"; filename="a.csv"\r\n\r\n';
        const headers = {
          ...(!isStranger && { cookie }),
          accept: 'text/html',
          origin: house.studio().address,
          'content-type': type,
        };
        const body =
          audience.body === 'files' ? `${file}${big}\r\n--x--` : isStranger ? 'x'.repeat(65 << 10) : big;
        const { status, text } = await sent(
          house.studio(),
          path,
          { ...headers, 'content-length': body.length },
          'POST',
          body,
        ).catch((error: unknown) => ({ status: 0, text: String(error) }));
        // Where the page itself is not there, it says so instead.
        if (status === 404 && path.startsWith('/data/drafts/')) continue;
        if (status !== 413 || !/larger than (8192|64|1) [kM]B/.test(text))
          wrong.push(`${path}: ${status} ${text.slice(0, 100)}`);
      }
      const push = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
      expect((await sent(house.studio(), '/api/v1/leads', push, 'POST', big)).status).toBe(413);
      expect(wrong).toEqual([]);
      expect(waiting()).toEqual(before);
      await house.studio().command('set', 'upload_limit', '2000');
    });

    test('in headers is turned away, and the others are answered as before', async () => {
      expect((await sent(house.studio(), '/', { cookie: 'x'.repeat(70_000) })).status).toBe(431);
      const many = Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [`x-${at}`, 'y']));
      expect((await sent(house.studio(), '/login', many)).status).toBeLessThan(500);
      expect((await house.studio().fetch('/')).status).toBe(200);
    });

    test('in a record that has no end is refused, however deep it goes', async () => {
      const token = (await house.studio().command('token', 'add', 'deep', '--tables', 'leads')).trim();
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const record = (rest: string) => `[{"lead_id":"D1","created_at":"2026-03-01",${rest}}]`;
      const many = Array.from({ length: 10_000 }, (_, n) => `"c${n}":1`).join();
      for (const [body, statuses] of [
        ['['.repeat(400_000), [422]],
        ['{"a":'.repeat(200_000), [422]],
        [record(many), [422]],
        [record(`"x":${'['.repeat(50_000)}${']'.repeat(50_000)}`), [200, 422]],
        [record('"x\\u0000y":"\\u0000","\\ud800":"\\udfff"'), [200, 422]],
      ] as const) {
        const { status } = await sent(house.studio(), '/api/v1/leads', headers, 'POST', body);
        expect(statuses, body.slice(0, 60)).toContain(status);
      }
      expect((await house.studio().fetch('/data')).status).toBe(200);
    });

    test('in a table of ten thousand columns is looked at or refused while the others are answered', async () => {
      const studio = house.studio();
      const headers = ['lead_id', 'created_at', ...Array.from({ length: 9_998 }, (_, at) => `column ${at}`)];
      const record = ['W1', '2026-03-01 10:00:00', ...headers.slice(2).map(() => 'x')];
      const book = await workbook({ 客资: [headers, record] });
      for (const [name, bytes] of [
        ['wide.csv', `${headers.join()}\n${record.join()}\n`],
        ['wide.xlsx', Uint8Array.from(book)],
      ] as const) {
        const form = new FormData();
        form.append('files', new Blob([bytes]), name);
        const drafted = studio.fetch('/data?/draft', {
          method: 'POST',
          body: form,
          headers: { origin: studio.address, accept: 'text/html' },
          redirect: 'manual',
        });
        let isDone = false;
        const whole = drafted.then(async (answer) => {
          const place = answer.headers.get('location') ?? '';
          let page = await studio.fetch(place);
          await expect
            .poll(async () => (page = await studio.fetch(place)).text(), { timeout: 60_000 })
            .not.toMatch(/Looking at/);
          isDone = true;
          return page.status;
        });
        const others: number[] = [];
        while (!isDone && others.length < 10_000) {
          others.push((await studio.fetch('/api/reports/data_span')).status);
          await Promise.race([whole, new Promise((next) => setImmediate(next))]);
        }
        expect([name, await whole]).toEqual([name, 200]);
        expect(others.every((status) => status === 200)).toBe(true);
      }
    });
  });
}
