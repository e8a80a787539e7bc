import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyStaging, stage, stagingFolder } from '#lib/server/import/staging.ts';
import type { StagingOptions } from '#lib/server/import/staging.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'seven-steps-staging-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const left = () => (existsSync(stagingFolder(data)) ? readdirSync(stagingFolder(data)) : []);

function sent(entries: readonly (readonly [string, string | File])[]): Request {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return new Request('http://a.example', { method: 'POST', body: form });
}

const file = (name: string, text: string) => ['files', new File([text], name)] as const;

function staged(request: Request, options: Partial<StagingOptions> = {}) {
  const body = request.body as unknown as AsyncIterable<Uint8Array>;
  const contentType = request.headers.get('content-type');
  return stage(data, { body, contentType }, { limit: 1000, ...options });
}

describe('files that are sent', () => {
  it('lie in the data folder under names that say nothing, for the owner only, until they are discarded', async () => {
    const { files, fields, discard } = await staged(
      sent([['plans', '["客资"]'], file('../../客资.csv', 'a,b\n1,2\n'), file('b.csv', 'x')]),
    );
    expect(fields.get('plans')).toBe('["客资"]');
    expect(files.map(({ name, size }) => ({ name, size }))).toEqual([
      { name: '客资.csv', size: 8 },
      { name: 'b.csv', size: 1 },
    ]);
    const [first] = files;
    expect(readFileSync(first?.path ?? '', 'utf8')).toBe('a,b\n1,2\n');
    expect(first?.path.startsWith(stagingFolder(data))).toBe(true);
    expect(first?.path).toMatch(/[0-9a-f-]{36}\/[0-9a-f-]{36}\.csv$/);
    expect(statSync(first?.path ?? '').mode & 0o077).toBe(0);
    expect(statSync(stagingFolder(data)).mode & 0o077).toBe(0);
    await discard();
    expect(left()).toEqual([]);
  });

  it('leave nothing behind when they are too large, and their sender is heard out', async () => {
    const request = sent([file('a.csv', 'x'.repeat(600)), file('b.csv', 'x'.repeat(600))]);
    await expect(staged(request)).rejects.toMatchObject({ code: 'upload_too_large' });
    expect(left()).toEqual([]);
  });

  it('are cut off when they are far too large', async () => {
    let read = 0;
    const endless = async function* () {
      yield Buffer.from('--x\r\ncontent-disposition: form-data; name="files"; filename="a.csv"\r\n\r\n');
      for (;;) {
        read += 100;
        yield Buffer.alloc(100);
      }
    };
    const contentType = 'multipart/form-data; boundary=x';
    await expect(stage(data, { body: endless(), contentType }, { limit: 1000 })).rejects.toMatchObject({
      code: 'upload_too_large',
    });
    expect(read).toBeLessThan(3000);
    expect(left()).toEqual([]);
  });

  it('are at most fifty, and whoever sends more is heard out', async () => {
    const many = (count: number) => sent(Array.from({ length: count }, (_, at) => file(`${at}.csv`, 'x')));
    const { files, discard } = await staged(many(50));
    expect(files).toHaveLength(50);
    await discard();
    const request = many(51);
    await expect(staged(request)).rejects.toMatchObject({ code: 'upload_too_many', params: { limit: 50 } });
    expect((await request.body?.getReader().read())?.done).toBe(true);
    expect(left()).toEqual([]);
  });

  it.each([
    ['parts without a file', ['a', new File([], '')]],
    ['fields', ['a', 'b']],
  ] as const)('are refused among more than a thousand %s', async (_, part) => {
    const request = sent([file('a.csv', 'x'), ...Array.from({ length: 1000 }, () => part)]);
    await expect(staged(request)).rejects.toMatchObject({ code: 'upload_too_many' });
    expect((await request.body?.getReader().read())?.done).toBe(true);
    expect(left()).toEqual([]);
  });

  const header = 'content-disposition: form-data; name="files"; filename=';
  it.each([
    ['empty files', `${header}"a.csv"\r\n\r\n\r\n--x\r\n`],
    ['bytes that belong to no file', `${header}""\r\n\r\n${'y'.repeat(100)}`],
  ])('are cut off where there is no end of %s', async (_, text) => {
    let read = 0;
    const endless = async function* () {
      yield Buffer.from('--x\r\n');
      for (;;) {
        read += text.length;
        if (read > 4_000_000) throw new Error('still read');
        yield Buffer.from(text);
      }
    };
    const contentType = 'multipart/form-data; boundary=x';
    await expect(stage(data, { body: endless(), contentType }, { limit: 1000 })).rejects.toMatchObject({
      code: 'upload_too_large',
    });
    expect(left()).toEqual([]);
  });

  it('leave nothing behind when their sender goes away', async () => {
    const goesAway = async function* () {
      yield Buffer.from('--x\r\ncontent-disposition: form-data; name="files"; filename="a.csv"\r\n\r\nabc');
      throw new Error('aborted');
    };
    const contentType = 'multipart/form-data; boundary=x';
    await expect(stage(data, { body: goesAway(), contentType }, { limit: 1000 })).rejects.toMatchObject({
      code: 'upload_broken',
    });
    expect(left()).toEqual([]);
  });

  it.runIf(existsSync('/dev/full'))('leave nothing behind when the disk is full', async () => {
    const create = () => open('/dev/full', 'w');
    await expect(staged(sent([file('a.csv', 'x')]), { create })).rejects.toMatchObject({ code: 'disk_full' });
    expect(left()).toEqual([]);
  });

  it('are missed where the form was sent without any', async () => {
    await expect(staged(sent([['table', 'leads'], file('', '')]))).rejects.toMatchObject({
      code: 'nothing_uploaded',
    });
    expect(left()).toEqual([]);
  });

  it('of a process that died are removed', async () => {
    await staged(sent([file('a.csv', 'x')]));
    expect(left()).toHaveLength(1);
    await emptyStaging(data);
    expect(left()).toEqual([]);
  });
});
