import { expect, test } from 'vitest';
import { guardsFor } from '#lib/server/studio/guards.ts';

test('only where people open the pages over TLS are browsers held to it', () => {
  expect(guardsFor('https://studio.example')['strict-transport-security']).toMatch(/^max-age=\d{8}$/);
  for (const origin of ['http://127.0.0.1:3000', undefined])
    expect(guardsFor(origin)).not.toHaveProperty('strict-transport-security');
});

test('nobody frames the pages, guesses a type or learns which page was open', () => {
  expect(guardsFor('http://127.0.0.1:3000')).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
  });
});
