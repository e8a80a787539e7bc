import { runCases } from './run.ts';

const [folder, ...more] = process.argv.slice(2);
if (folder === undefined || more.length > 0) {
  process.stderr.write('npm run -s cases -- DIR\n');
  process.exitCode = 2;
} else
  try {
    const { lines, failed } = await runCases(folder);
    process.stdout.write(`${lines.join('\n')}\n`);
    process.exitCode = failed > 0 ? 1 : 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
