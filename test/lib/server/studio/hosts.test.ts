import { describe, expect, test } from 'vitest';
import { isLoopback, isOwnHost } from '#lib/server/studio/hosts.ts';

describe('who may be answered', () => {
  test.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.8.8', '::1', '[::1]'])(
    '%s is this machine',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  test.each([
    '0.0.0.0',
    '192.168.1.2',
    'localhost.example.com',
    '127.0.0.1.example.com',
    '127.example.com',
    '',
  ])('%s is not', (host) => {
    expect(isLoopback(host)).toBe(false);
  });

  test('a Host header is loopback with any port, or the configured origin', () => {
    expect(isOwnHost('127.0.0.1:3000', undefined)).toBe(true);
    expect(isOwnHost('[::1]:3000', undefined)).toBe(true);
    expect(isOwnHost('studio.example:8080', 'http://studio.example:8080')).toBe(true);
    expect(isOwnHost('evil.example', 'http://127.0.0.1:3000')).toBe(false);
    expect(isOwnHost(null, 'http://127.0.0.1:3000')).toBe(false);
  });
});
