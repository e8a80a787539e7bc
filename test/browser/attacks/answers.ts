import { describe, expect, test } from 'vitest';
import { signedIn } from '../studio.ts';
import { SECRET } from './attacked.ts';
import type { Attacked } from './attacked.ts';
import { sent } from './sent.ts';

/** What answers and the log tell of the inside and of persons. */
export function attackByListening(house: Attacked): void {
  describe('every answer', () => {
    test('brings its guards, runs nothing that is not ours, and shows nothing of the inside', async () => {
      const cookie = signedIn.get(house.studio().address) ?? '';
      const origin = house.studio().address;
      const form = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
      const answers = await Promise.all([
        sent(house.studio(), '/', { cookie }),
        sent(house.studio(), '/login', {}),
        sent(house.studio(), '/nowhere', { cookie }),
        sent(house.studio(), '/nowhere', {}),
        sent(house.studio(), '/%ff', { cookie }),
        sent(house.studio(), '/data', { accept: 'text/html' }, 'POST', 'x'),
        sent(house.studio(), '/data', form, 'POST', 'x'),
        sent(house.studio(), '/data', { ...form, origin }, 'POST', 'x'),
        sent(house.studio(), '/data', { cookie }, 'PUT', 'x'),
        sent(house.studio(), '/', { host: 'evil.example' }),
        sent(house.studio(), '/favicon.svg', {}),
        sent(house.studio(), '/_app/version.json', {}),
        sent(house.studio(), '/api/reports/funnel?format=csv', { cookie }),
        sent(house.studio(), '/api/reports/funnel?format=xlsx', { cookie }),
        sent(house.studio(), '/api/reports/funnel?from=never', { cookie }),
        sent(house.studio(), '/api/reports/nothing', {}),
        sent(house.studio(), '/data/batches/1/rejects.csv', { cookie }),
        sent(house.studio(), '/preferences', { ...form, origin }, 'POST', 'theme=dark&locale=en'),
        sent(house.studio(), '/funnel/__data.json', { cookie }),
        sent(house.studio(), '/healthz', {}),
      ]);
      for (const { headers, text } of answers) {
        expect(headers).toMatchObject({
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'same-origin',
          'permissions-policy': expect.any(String),
        });
        const policy = String(headers['content-security-policy']);
        expect(policy).toMatch(/default-src 'none'/);
        expect(policy).toMatch(/frame-ancestors 'none'/);
        expect(/script-src[^;]*/.exec(policy)?.[0] ?? '').not.toContain('unsafe');
        expect(text).not.toMatch(
          /\n\s+at |node_modules|\.svelte-kit|src\/(lib|routes)|\/tmp\/|SqliteError|INTERNAL Error/,
        );
        for (const line of [headers['set-cookie'] ?? []].flat())
          expect(line).toMatch(/HttpOnly.*SameSite|SameSite.*HttpOnly/i);
      }
    });

    test('leaves in the log what was asked for, under the id of its answer, and nothing of theirs', async () => {
      const { headers } = await house.studio().fetch(`/search?q=${encodeURIComponent(SECRET.search)}`);
      await house
        .studio()
        .fetch(`/api/reports/funnel?where=${encodeURIComponent(`customer_name=${SECRET.name}`)}`);
      await house.studio().fetch(`/${encodeURIComponent(SECRET.name)}/${SECRET.phone}`);
      const form = new FormData();
      form.append('files', new Blob([`lead_id,phone\n"${SECRET.name},${SECRET.phone}`]), SECRET.file);
      await house
        .studio()
        .fetch('/data?/draft', { method: 'POST', body: form, headers: { origin: house.studio().address } });
      const said = house.studio().said();
      const line = said.split('\n').findLast((one) => one.includes('"route":"/search"')) ?? '{}';
      expect(JSON.parse(line)).toMatchObject({ request: headers.get('x-request-id') });
      for (const secret of Object.values(SECRET)) {
        expect(said).not.toContain(secret);
        expect(said).not.toContain(encodeURIComponent(secret));
      }
    });
  });
}
