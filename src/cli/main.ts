// The command line. Words that `npm ci` did not compile (--ignore-scripts) are compiled on first use.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import '../compile-cache.ts';

const root = join(import.meta.dirname, '..', '..');
if (!existsSync(join(root, 'src', 'lib', 'paraglide', 'messages.js')))
  await (await import('../prepare.ts')).wordsReady();
const { run } = await import('./run.ts');
const { code, out, messages } = await run(process.argv.slice(2), process.env);
process.exitCode = code;
if (messages !== '') process.stderr.write(messages);
if (out !== '') process.stdout.write(out);
