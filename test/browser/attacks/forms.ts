import { describe, expect, test } from 'vitest';
import { signedIn } from '../studio.ts';
import type { Attacked } from './attacked.ts';
import { forms } from './doors-of-forms.ts';
import { sent } from './sent.ts';

/** A page without what differs from one answer to the next. */
const plain = (html: string) => html.replace(/nonce="[^"]+"|\d{2}:\d{2}(:\d{2})?|__sveltekit_\w+/g, '');

/** Forms and requests that another site has a browser send. */
export function attackByForms(house: Attacked): void {
  describe('forms of others', () => {
    test('are refused at every door, whatever they bring, and where they do not say whence they come', async () => {
      const before = await (await house.studio().fetch('/people')).text();
      const cookie = signedIn.get(house.studio().address) ?? '';
      const wrong: string[] = [];
      const kinds = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'];
      for (const { path } of forms)
        for (const origin of ['http://evil.example', 'null', undefined])
          for (const type of kinds) {
            const headers = { cookie, 'content-type': type, ...(origin && { origin }) };
            const { status } = await sent(house.studio(), path, headers, 'POST', 'name=x');
            if (status !== 403) wrong.push(`${path} ${origin} ${type}: ${status}`);
          }
      for (const { path } of forms)
        for (const type of ['application/json', '']) {
          const headers = { cookie, origin: 'http://evil.example', ...(type && { 'content-type': type }) };
          const { status } = await sent(house.studio(), path, headers, 'POST', '{"name":"x"}');
          // Whoever is signed in is led home from the log-in; a form without its kind changes no preference.
          const isIdle = status === 303 && /^\/(login|setup|preferences)/.test(path);
          if (!isIdle && ![403, 404, 415].includes(status)) wrong.push(`${path} as ${type}: ${status}`);
        }
      expect(wrong).toEqual([]);
      expect(await (await house.studio().fetch('/people')).text().then(plain)).toBe(plain(before));
    });

    test('hand in no list and take none back with somebody’s cookie alone', async () => {
      const cookie = signedIn.get(house.studio().address) ?? '';
      for (const [path, method, body] of [
        ['/api/v1/leads', 'POST', '[]'],
        ['/api/v1/leads/1', 'DELETE', undefined],
      ] as const)
        expect(
          (await sent(house.studio(), path, { cookie, 'content-type': 'application/json' }, method, body))
            .status,
        ).toBe(403);
    });
  });
}
