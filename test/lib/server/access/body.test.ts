import { describe, expect, test } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { formIn } from '#lib/server/access/body.ts';
import { doors } from '#lib/server/access/doors.ts';

const stranger: Viewer = { kind: 'stranger' };
const owner: Viewer = { kind: 'person', id: '1', name: 'Owner', role: 'owner' };
const form = { who: 'anyone' } as const;

/** What is sent piece by piece; `pulled` counts the pieces that were asked for. */
function sent(pieces: number, bytes: number, headers: Record<string, string> = {}) {
  let pulled = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => {
      pulled += 1;
      if (pulled > pieces) controller.close();
      else controller.enqueue(new Uint8Array(bytes));
    },
  });
  return { request: { headers: new Headers(headers), body }, pulled: () => pulled };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

describe('a form', () => {
  test('comes whole up to its limit, which is smaller for strangers', async () => {
    expect((await formIn(sent(8, 8 << 10).request, stranger, form))?.length).toBe(64 << 10);
    expect(await codeOf(formIn(sent(9, 8 << 10).request, stranger, form))).toBe('form_too_large');
    expect((await formIn(sent(8, 1 << 20).request, owner, form))?.length).toBe(8 << 20);
    expect(await codeOf(formIn(sent(9, 1 << 20).request, owner, form))).toBe('form_too_large');
  });

  test('is not read at all where it says to be too large, and no further than the limit where it does not say', async () => {
    const honest = sent(1000, 1 << 20, { 'content-length': String(1000 << 20) });
    const before = honest.pulled();
    expect(await codeOf(formIn(honest.request, owner, form))).toBe('form_too_large');
    expect(honest.pulled()).toBeLessThanOrEqual(before + 1);
    const silent = sent(1000, 1 << 20);
    expect(await codeOf(formIn(silent.request, owner, form))).toBe('form_too_large');
    expect(silent.pulled()).toBeLessThan(15);
  });

  test('that does not come to its end in time is refused', async () => {
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(new Uint8Array(3)),
    });
    expect(await codeOf(formIn({ headers: new Headers(), body }, owner, form, 20))).toBe('form_broken');
  });

  test('that breaks off is refused', async () => {
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.error(new Error('gone')),
    });
    expect(await codeOf(formIn({ headers: new Headers(), body }, stranger, form))).toBe('form_broken');
  });
});

test('only the doors for lists leave what is sent to who reads it, and none of them is open to strangers', () => {
  const open = Object.entries(doors).flatMap(([route, { page, actions = {}, methods = {} }]) =>
    [page, ...Object.values(actions), ...Object.values(methods)]
      .filter((audience) => audience?.body === 'files')
      .map((audience) => `${route} ${JSON.stringify(audience?.who)}`),
  );
  expect(open.sort()).toEqual([
    '/api/v1/[table] []',
    '/api/v1/[table]/[batch] []',
    '/data ["owner"]',
    '/data/drafts/[id] ["owner"]',
  ]);
});
