import { describe, expect, it } from 'vitest';
import { answerCache } from '#lib/server/reports/cache.ts';

const counting = () => {
  let calls = 0;
  return { compute: () => Promise.resolve((calls += 1)), calls: () => calls };
};

describe('answers', () => {
  it('are computed once for the same question to the same data', async () => {
    const cache = answerCache(10);
    const { compute, calls } = counting();
    await Promise.all([cache.get(1, 'a', compute), cache.get(1, 'a', compute)]);
    expect(await cache.get(1, 'a', compute)).toBe(1);
    expect(calls()).toBe(1);
  });

  it('are computed again when the data have changed', async () => {
    const cache = answerCache(10);
    const { compute } = counting();
    expect(await cache.get(1, 'a', compute)).toBe(1);
    expect(await cache.get(2, 'a', compute)).toBe(2);
  });

  it('make room: the one least recently used goes first', async () => {
    const cache = answerCache(2);
    const { compute, calls } = counting();
    for (const key of ['a', 'b', 'a', 'c', 'a']) await cache.get(1, key, compute);
    expect(calls()).toBe(3);
    await cache.get(1, 'b', compute);
    expect(calls()).toBe(4);
  });

  it('of older data stay, the last to each question, as many as wanted', async () => {
    const cache = answerCache(10, 2);
    const { compute } = counting();
    for (const key of ['a', 'b', 'c']) await cache.get(1, key, compute);
    expect(cache.older(1, 'b')).toBeUndefined();
    await cache.get(2, 'b', compute);
    expect(['a', 'b', 'c'].map((key) => cache.older(2, key))).toEqual([undefined, 2, 3]);
    expect(['a', 'b', 'c'].map((key) => cache.older(3, key))).toEqual([undefined, 4, 3]);
  });

  it('that failed are not kept', async () => {
    const cache = answerCache(10);
    await expect(cache.get(1, 'a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get(1, 'a', () => Promise.resolve('yes'))).toBe('yes');
  });
});

describe('a computation', () => {
  const untilStopped = (signal: AbortSignal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));

  it('is stopped when the last who waits for it goes away, not before', async () => {
    const cache = answerCache(10);
    const [first, second] = [new AbortController(), new AbortController()];
    let stopped = false;
    const compute = (signal: AbortSignal) => {
      signal.addEventListener('abort', () => (stopped = true));
      return untilStopped(signal);
    };
    const asked = [cache.get(1, 'a', compute, first.signal), cache.get(1, 'a', compute, second.signal)];
    first.abort();
    expect(stopped).toBe(false);
    second.abort();
    expect(stopped).toBe(true);
    for (const answer of asked) await expect(answer).rejects.toThrow('stopped');
  });

  it('goes on for somebody who waits to the end', async () => {
    const cache = answerCache(10);
    const stop = new AbortController();
    let finish: (text: string) => void = () => undefined;
    const compute = () => new Promise<string>((done) => (finish = done));
    const patient = cache.get(1, 'a', compute);
    const hasty = cache.get(1, 'a', compute, stop.signal);
    stop.abort();
    finish('done');
    expect(await patient).toBe('done');
    expect(await hasty).toBe('done');
  });
});
