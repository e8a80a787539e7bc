import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inRequest } from '#lib/server/log/log.ts';
import type { Log } from '#lib/server/log/log.ts';
import { handleError } from '../src/hooks.server.ts';

let logged: unknown[][];
const kept = globalThis as { sevenStepsLog?: Log };
beforeEach(() => {
  logged = [];
  kept.sevenStepsLog = {
    answered: () => undefined,
    lookedAs: () => undefined,
    fault: (...told) => void logged.push(told),
  };
});
afterEach(() => {
  delete kept.sevenStepsLog;
});

const told = (status: number, path = '/', error: unknown = new Error('inside')) =>
  handleError({
    error,
    status,
    message: '',
    event: { url: new URL(path, 'http://127.0.0.1:3000'), locals: { locale: 'zh-Hans' } },
  } as never);

describe('what no page answers', () => {
  it.each([
    [400, '/%ff', 'bad_address', '网址 /%ff 写得不对。'],
    [404, '/nowhere', 'page_not_found', '没有 /nowhere 这个页面。'],
    [405, '/data', 'bad_request', '/data 收不了发来的内容（HTTP 405）。'],
    [415, '/data', 'bad_request', '/data 收不了发来的内容（HTTP 415）。'],
  ])('is told as a wrong request and not logged: %i', (status, path, code, message) => {
    expect(told(status, path)).toMatchObject({ code, message });
    expect(logged).toEqual([]);
  });

  it('is internal and logged with its cause where the fault is ours', () => {
    const error = new Error('inside');
    expect(inRequest('r1', () => told(500, '/', error))).toMatchObject({ code: 'internal', request: 'r1' });
    expect(logged).toEqual([['answering a page', error]]);
  });
});
