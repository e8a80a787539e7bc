// node src/launch.js ENTRY [ARGUMENT …]: installs the packages if need be and runs a TypeScript entry on the Node that
// they bring. Runs on the system's Node before anything is installed, hence plain JavaScript without imports from packages.
import { spawn, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// DuckDB's queries wait in Node's thread pool, whose size is read when it is first used.
process.env.UV_THREADPOOL_SIZE ??= '16';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const onWindows = process.platform === 'win32';
const [, , entry = '', ...parameters] = process.argv;

install();
if (process.features.typescript) await runHere();
else runOnInstalledNode();

function install() {
  const installed = modified(join(root, 'node_modules', '.package-lock.json'));
  if (installed > 0 && installed >= modified(join(root, 'package-lock.json'))) return;
  console.error('Seven Steps: installing its packages (npm ci) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: onWindows,
  });
  if (status !== 0) process.exit(status ?? 1);
}

async function runHere() {
  const script = join(root, entry);
  process.argv = [process.execPath, script, ...parameters];
  await import(pathToFileURL(script).href);
}

function runOnInstalledNode() {
  const node = join(root, 'node_modules', '.bin', onWindows ? 'node.cmd' : 'node');
  const child = spawn(node, [join(root, entry), ...parameters], {
    cwd: root,
    stdio: 'inherit',
    shell: onWindows,
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref();
  child.once('exit', (code) => process.exit(code ?? 1));
}

/** @param {string} file */
function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
