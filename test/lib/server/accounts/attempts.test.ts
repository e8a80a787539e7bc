import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { openAttempts } from '#lib/server/accounts/attempts.ts';
import type { Attempts, Try } from '#lib/server/accounts/attempts.ts';

const start = new Date('2026-11-20T02:00:00Z');
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

let folder: string;
let attempts: Attempts;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-attempts-'));
  attempts = openAttempts(join(folder, 'app.sqlite'));
});
afterEach(() => {
  attempts.close();
  rmSync(folder, { recursive: true });
});

/** Minutes that somebody has to wait; 0 when they may try. */
function wait(tried: Try, now = start): number {
  try {
    attempts.begin(tried, now);
    return 0;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'too_many_attempts')
      return Number(error.params['minutes']);
    throw error;
  }
}

const from = (who: string, address: string): Try => ({ what: 'password', who, address });

describe('attempts to sign in', () => {
  it('are ten for a name, from wherever they come, within a quarter of an hour', () => {
    for (let at = 0; at < 10; at += 1) expect(wait(from('boss', `10.0.0.${at}`))).toBe(0);
    expect(wait(from('boss', '10.0.0.99'))).toBe(15);
    expect(wait(from('boss', '10.0.0.99'), after(14))).toBe(1);
    expect(wait(from('other', '10.0.0.99'))).toBe(0);
    expect(wait(from('boss', '10.0.0.99'), after(15))).toBe(0);
  });

  it('of a password and of a code are counted apart, whatever somebody calls themselves', () => {
    for (let at = 0; at < 10; at += 1) expect(wait(from('10.0.0.1', `10.0.1.${at}`))).toBe(0);
    expect(wait(from('10.0.0.1', '10.0.1.99'))).toBe(15);
    expect(wait({ what: 'code', who: '10.0.0.1', address: '10.0.0.1' })).toBe(0);
  });

  it('leave nothing of what was typed in the place of a name', () => {
    wait(from('my password by mistake', '10.0.0.1'));
    attempts.isFirst('boss', '123456', start);
    attempts.close();
    for (const file of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, file), 'latin1');
      expect(bytes).not.toContain('my password by mistake');
      expect(bytes).not.toContain('123456');
    }
    attempts = openAttempts(join(folder, 'app.sqlite'));
  });

  it('are fifty for an address, whatever the names, and a restart forgives none', () => {
    for (let at = 0; at < 50; at += 1) expect(wait(from(`name ${at}`, '10.0.0.1'))).toBe(0);
    attempts.close();
    attempts = openAttempts(join(folder, 'app.sqlite'));
    expect(wait(from('boss', '10.0.0.1'))).toBe(15);
    expect(wait(from('boss', '10.0.0.2'))).toBe(0);
  });

  it('of a name are forgiven when one succeeds; those of the address for other names are not', () => {
    for (let at = 0; at < 9; at += 1) attempts.begin(from('boss', '10.0.0.1'), start);
    for (let at = 0; at < 40; at += 1) attempts.begin(from(`name ${at}`, '10.0.0.1'), start);
    attempts.begin(from('boss', '10.0.0.1'), start).succeeded();
    for (let at = 0; at < 10; at += 1) expect(wait(from('boss', '10.0.0.1'))).toBe(0);
    expect(wait(from('another', '10.0.0.1'))).toBe(15);
  });
});

it('a code is good once within the quarter of an hour, for each person', () => {
  expect(attempts.isFirst('boss', '123456', start)).toBe(true);
  expect(attempts.isFirst('boss', '123456', after(14))).toBe(false);
  expect(attempts.isFirst('other', '123456', start)).toBe(true);
  expect(attempts.isFirst('boss', '123456', after(15))).toBe(true);
});
