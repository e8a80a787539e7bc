import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handleError } from '../src/hooks.server.ts';

let logged: unknown[][];
beforeEach(() => {
  logged = [];
  vi.spyOn(console, 'error').mockImplementation((...line: unknown[]) => void logged.push(line));
});
afterEach(() => vi.restoreAllMocks());

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
    expect(told(500, '/', error)).toMatchObject({ code: 'internal' });
    expect(logged).toEqual([[error]]);
  });
});
