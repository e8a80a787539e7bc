/**
 * `npm start`: builds when something changed, opens the data, serves on this machine and prints the address.
 * `--sample` shows the sample studio whatever the owner has; `--dev` serves the sources and reloads them.
 */
import './compile-cache.ts';

const { wordsReady } = await import('./prepare.ts');
await wordsReady();
await import('./start/run.ts');
