import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writingInto } from '../../disk.ts';
import { memoryShares } from '../../memory.ts';
import { openEngine } from '../../warehouse/engine.ts';
import type { Engine } from '../../warehouse/engine.ts';
import { inspect } from '../reading/inspect.ts';
import { stageFiles } from './stage-files.ts';
import type { Reader } from './task.ts';

/**
 * Reads in this process, with a DuckDB that reaches the files of the task and its folder and nothing else. In the product
 * this runs in a process of its own (`childReader`): what kills it kills nothing else.
 */
export const readerHere: Reader = {
  stage: (task, tell, signal) =>
    withEngine(
      task.folder,
      task.files.map(({ path }) => path),
      (engine) => stageFiles(engine, task, tell, signal),
    ),
  inspect: async ({ folder, source, choice }, tell, signal) => {
    const { size: of } = await stat(source.path).catch(() => ({ size: 0 }));
    const onBytes = (bytes: number) => tell({ kind: 'opening', file: 0, records: 0, bytes, of });
    return withEngine(folder, [source.path], (engine) =>
      inspect(source, choice, folder, { engine, signal, onBytes }),
    );
  },
};

async function withEngine<T>(
  folder: string,
  files: readonly string[],
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openEngine({
    temporary: join(folder, 'memory'),
    memoryLimit: memoryShares(process.env).reader,
    only: { folders: [folder], files: files.map((path) => resolve(path)) },
  });
  try {
    return await writingInto(folder, () => work(engine));
  } finally {
    engine.close();
  }
}
