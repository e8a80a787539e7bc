import { describe, expect, it } from 'vitest';
import { appKeyOf } from '#lib/server/accounts/app-key.ts';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

describe('the key of a second step', () => {
  it('opens in an app under the name of its person, whatever that holds', () => {
    const uri = new URL(appKeyOf('王静 & Söhne?secret=x#', secret)?.uri ?? '');
    expect(uri.protocol).toBe('otpauth:');
    expect(uri.searchParams.getAll('secret')).toEqual([secret]);
    expect(decodeURIComponent(uri.pathname)).toBe('/Seven Steps:王静 & Söhne?secret=x#');
  });

  it('is drawn with a light border of four modules and the finders of a QR code in three corners', () => {
    const { size, path } = appKeyOf('Boss', secret)?.picture ?? { size: 0, path: '' };
    const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
    const row = (x: number, y: number) =>
      Array.from({ length: 7 }, (_, at) => (dark.has(`${x + at} ${y}`) ? '#' : '.')).join('');
    expect((size - 8 - 17) % 4).toBe(0);
    for (const [x, y] of [
      [4, 4],
      [size - 11, 4],
      [4, size - 11],
    ] as const) {
      const finder = Array.from({ length: 7 }, (_, at) => row(x, y + at));
      expect(finder).toEqual(['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######']);
    }
    for (let at = 0; at < size; at += 1) expect(dark.has(`${at} 3`) || dark.has(`3 ${at}`)).toBe(false);
  });

  it('is none of what a form says to be one', () => {
    for (const wrong of ['', 'short', `${secret}&issuer=x`, '"><script>', secret.toLowerCase()])
      expect(appKeyOf('Boss', wrong)).toBe(null);
  });
});
