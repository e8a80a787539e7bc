// The command line. Words are compiled on first use, so that it works straight after `npm ci`.
import { wordsReady } from '../prepare.ts';

await wordsReady();
const { run } = await import('./run.ts');
const { code, out, messages } = await run(process.argv.slice(2), process.env);
process.exitCode = code;
if (messages !== '') process.stderr.write(messages);
if (out !== '') process.stdout.write(out);
