import { setImmediate as later } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { inRequest, levelOf, openLog } from '#lib/server/log/log.ts';
import type { Level } from '#lib/server/log/log.ts';

function written(level: Level) {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  return { log: openLog(level, { write }), lines };
}

describe('the log', () => {
  test('writes one line of JSON for an answer, with the pattern of its address', () => {
    const { log, lines } = written('info');
    log.answered({ method: 'GET', route: '/reports/[name]', status: 200, ms: 12 });
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        method: 'GET',
        route: '/reports/[name]',
        status: 200,
        ms: 12,
        msg: 'answered',
      },
    ]);
  });

  test('gives what belongs to a request its id, also what happens later, and nothing else', async () => {
    const { log, lines } = written('info');
    const work = async (id: string) => {
      await later();
      log.fault(`working for ${id}`, new Error('no'));
    };
    await Promise.all([inRequest('a', () => work('a')), inRequest('b', () => work('b')), work('nobody')]);
    expect(lines.map(({ msg, request }) => [msg, request]).sort()).toEqual([
      ['working for a', 'a'],
      ['working for b', 'b'],
      ['working for nobody', undefined],
    ]);
  });

  test('tells a person at a terminal of faults only', () => {
    const { log, lines } = written(levelOf(undefined, true));
    log.answered({ method: 'GET', route: '/', status: 200, ms: 3 });
    log.fault('answering a page', new Error('no'));
    expect(lines.map(({ msg }) => msg)).toEqual(['answering a page']);
  });

  test('writes as much as is asked for, wherever it goes', () => {
    expect(levelOf(undefined, false)).toBe('info');
    expect(levelOf('', false)).toBe('info');
    expect(levelOf('silent', true)).toBe('silent');
    expect(() => levelOf('loud', true)).toThrow('bad_log_level');
  });
});
