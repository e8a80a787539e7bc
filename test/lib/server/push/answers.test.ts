import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeptAnswers } from '#lib/server/push/answers.ts';
import type { KeptAnswers } from '#lib/server/push/answers.ts';

const now = new Date('2026-11-20T02:00:00Z');
const keyed = { token: 1, key: 'a', fingerprint: 'leads json 00' };
const answer = { status: 200, body: '{"read":1}' };

let folder: string;
let kept: KeptAnswers;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-kept-'));
  kept = openKeptAnswers(join(folder, 'app.sqlite'), 'first run');
});
afterEach(() => {
  kept.close();
  rmSync(folder, { recursive: true });
});

describe('a key', () => {
  it('gives the first answer again, to the same token only', () => {
    expect(kept.take(keyed, now)).toBeNull();
    kept.keep(keyed, answer);
    expect(kept.take(keyed, now)).toEqual(answer);
    expect(kept.take({ ...keyed, token: 2 }, now)).toBeNull();
  });

  it('is taken while its request runs, and free again when that came to nothing', () => {
    kept.take(keyed, now);
    expect(() => kept.take(keyed, now)).toThrow('idempotency_busy');
    kept.release(keyed);
    expect(kept.take(keyed, now)).toBeNull();
  });

  it('does not serve another request', () => {
    kept.take(keyed, now);
    kept.keep(keyed, answer);
    expect(() => kept.take({ ...keyed, fingerprint: 'leads json 11' }, now)).toThrow('idempotency_reused');
  });

  it('is free again after a day', () => {
    kept.take(keyed, now);
    kept.keep(keyed, answer);
    expect(kept.take(keyed, new Date('2026-11-21T01:59:59Z'))).toEqual(answer);
    expect(kept.take(keyed, new Date('2026-11-21T02:00:01Z'))).toBeNull();
  });

  it('that a run took and left unanswered when it died is free in the next', () => {
    kept.take(keyed, now);
    const next = openKeptAnswers(join(folder, 'app.sqlite'), 'second run');
    expect(next.take(keyed, now)).toBeNull();
    next.close();
  });
});
