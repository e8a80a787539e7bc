import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { codingFor, compressed } from '#lib/server/studio/compress.ts';

const long = '七步 seven steps '.repeat(500);
const page = (body: string | null, headers: Record<string, string> = {}) =>
  new Response(body, { headers: { 'content-type': 'text/html', etag: '"1"', ...headers } });

describe('answers are packed', () => {
  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('with %s, and come out as they were', async (coding, unpack) => {
    const answer = await compressed(coding, page(long));
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get('content-encoding')).toBe(coding);
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    expect(answer.headers.get('vary')).toBe('accept-encoding');
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(bytes.length).toBeLessThan(long.length / 10);
    expect(unpack(bytes).toString()).toBe(long);
  });

  test.each([
    ['small ones', page('short')],
    ['pictures', page(long, { 'content-type': 'image/png' })],
    ['streams of events', page(long, { 'content-type': 'text/event-stream' })],
    ['what is packed already', page(long, { 'content-encoding': 'gzip' })],
    ['answers without a body', page(null)],
  ])('except %s', async (_, response) => {
    const before = response.headers.get('content-encoding');
    expect((await compressed('br', response)).headers.get('content-encoding')).toBe(before);
  });

  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['identity', undefined],
    ['', undefined],
    [null, undefined],
  ])('as “%s” allows', (wishes, coding) => {
    expect(codingFor(wishes)).toBe(coding);
  });
});
