import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const projectFolder = join(import.meta.dirname, '..', '..');

/** A finished process: what it wrote and how long it took from start to end, in milliseconds. */
export type Finished = { stdout: string; duration: number };

/** Runs this Node with arguments in the project's folder; rejects, with its messages, when it fails. */
export function node(args: string[], env: Record<string, string> = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, args, {
      cwd: projectFolder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve({ stdout, duration: performance.now() - begun });
      else reject(new Error(`node ${args.join(' ')} ended with ${code}:\n${stderr}`));
    });
  });
}

/** The command line of the product: `sevensteps('import', FILE)`. */
export const sevensteps = (args: string[], env: Record<string, string>): Promise<Finished> =>
  node(['src/cli/main.ts', ...args], env);
