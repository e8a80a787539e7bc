import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-ci-'));
  mkdirSync(join(folder, '.ci'));
  copyFileSync(join(import.meta.dirname, '..', '..', '.ci', 'run'), join(folder, '.ci', 'run'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `.ci/run` where `npm` is a script that answers `npm ci`, `npm test` and `npm run test:engines` as told. */
function ci(answers: { ci?: string; test?: string; engines?: string }) {
  const npm = join(folder, 'npm');
  writeFileSync(
    npm,
    `#!/usr/bin/env bash
case "$*" in
  ci*) ${answers.ci ?? 'true'} ;;
  test) ${answers.test ?? 'true'} ;;
  'run test:engines') ${answers.engines ?? 'true'} ;;
esac
`,
  );
  chmodSync(npm, 0o755);
  const run = spawnSync('bash', [join(folder, '.ci', 'run')], {
    encoding: 'utf8',
    input: '',
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });
  return { status: run.status, last: run.stdout.trimEnd().split('\n').at(-1) };
}

describe('.ci/run', () => {
  test('ends with the sum of the tests and the engines', () => {
    const run = ci({ test: 'echo "40 passed, 0 failed"', engines: 'echo "2 passed, 0 failed"' });
    expect(run).toEqual({ status: 0, last: '42 passed, 0 failed' });
  });

  test('counts the last such line of each, and fails when one failed', () => {
    const run = ci({
      test: 'printf "9 passed, 9 failed\\n40 passed, 3 failed\\n"; exit 1',
      engines: 'echo "2 passed, 0 failed"',
    });
    expect(run).toEqual({ status: 1, last: '42 passed, 3 failed' });
  });

  test('a part that stops without a sum is a failure', () => {
    expect(ci({ test: 'echo "40 passed, 0 failed"' })).toEqual({ status: 1, last: '40 passed, 1 failed' });
    expect(ci({ test: 'echo "40 passed, 0 failed"; exit 3', engines: 'echo "1 passed, 0 failed"' })).toEqual({
      status: 1,
      last: '41 passed, 1 failed',
    });
  });

  test('does not test what could not be installed', () => {
    expect(ci({ ci: 'exit 1', test: 'echo "40 passed, 0 failed"' })).toEqual({
      status: 1,
      last: '0 passed, 1 failed',
    });
  });
});
