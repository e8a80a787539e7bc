import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingOnMachine } from './machine.ts';
import { stage, tallyVitest, type Tally, type VitestReport } from './tally.ts';

/** One part of the test run. What `run` has to show it says at once, or at its end where it may run beside others. */
export type Stage = { name: string; run: (say: (text: string) => void) => Promise<Tally> };

const projectFolder = join(import.meta.dirname, '..', '..');
const bin = (name: string) => join(projectFolder, 'node_modules', name);

/** Runs this Node with arguments in the project's folder; the output goes where ours goes. */
function node(args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: projectFolder,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** A stage that is one program of this Node; what it writes is kept until it ends. */
const tool = (name: string, ...args: string[]): Stage => ({
  name,
  run: (say) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, args, { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'] });
      let written = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (written += text));
      child.once('error', reject);
      child.once('close', (code) => {
        if (written !== '') say(written.trimEnd());
        resolve(stage(code === 0));
      });
    }),
});

const build: Stage = {
  name: 'build',
  run: async () => {
    const { ensureBuilt } = await import('../../src/start/build.ts');
    return ensureBuilt(projectFolder).then(
      () => stage(true),
      (error: unknown) => {
        console.error(error);
        return stage(false);
      },
    );
  },
};

const machine: Stage = {
  name: 'machine',
  run: () => {
    const missing = missingOnMachine();
    if (missing) console.error(missing);
    return Promise.resolve(stage(missing === null));
  },
};

/** A stage that runs vitest projects and counts their tests. */
function tests(name: string, projects: string[], env: Record<string, string> = {}): Stage {
  const run = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'seven-steps-tests-'));
    const file = join(folder, 'report.json');
    try {
      const exitCode = await node(
        [
          bin('vitest/vitest.mjs'),
          'run',
          ...projects.flatMap((project) => ['--project', project]),
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${file}`,
        ],
        env,
      );
      return tallyVitest(readReport(file), exitCode);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return { name, run };
}

function readReport(file: string): VitestReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  } catch {
    return null; // vitest stopped before it could write one: counted as a failure
  }
}

const prepare = tool('prepare', 'src/prepare.ts');

/**
 * The stages of `npm test`, cheapest complaint first. Those of one list run beside each other; the build stands alone: it
 * compiles the words anew while the others read them.
 */
export const allStages: Stage[][] = [
  [machine],
  [prepare],
  [
    tool(
      'types',
      bin('svelte-check/bin/svelte-check'),
      '--tsconfig',
      './tsconfig.json',
      '--fail-on-warnings',
    ),
    tool('lint', bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.'),
    tool('format', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'),
    tool('generated', 'src/generate/main.ts', '--check'),
  ],
  [build],
  [tests('tests', ['unit', 'property', 'queries', 'integration', 'browser'])],
];

/** The stages of `npm run soak`: the long series and the property tests with their full numbers. */
export const soakStages: Stage[][] = [
  [prepare],
  [tests('soak', ['property', 'soak'], { SEVENSTEPS_SOAK: '1' })],
];
