import { join, resolve } from 'node:path';
import { writingInto } from '../../disk.ts';
import { openEngine } from '../../warehouse/engine.ts';
import { stageFiles } from './stage-files.ts';
import type { Reader } from './task.ts';

/**
 * Reads the files of a task with a DuckDB of its own that reaches them and the task's folder and nothing else. In the
 * product this runs in a process of its own (`childReader`): what kills it kills nothing else.
 */
export const readTask: Reader = async (task, tell, signal) => {
  const engine = await openEngine({
    temporary: join(task.folder, 'memory'),
    only: { folders: [task.folder], files: task.files.map(({ path }) => resolve(path)) },
  });
  try {
    return await writingInto(task.folder, () => stageFiles(engine, task, tell, signal));
  } finally {
    engine.close();
  }
};
