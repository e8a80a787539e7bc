import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the reference data lie: REFERENCE_DATA, by default the folder `shared` beside the project. */
export function referenceData(projectFolder: string): { folder: string; present: boolean } {
  const set = process.env.REFERENCE_DATA;
  const folder = set ?? join(projectFolder, '..', 'shared');
  // a folder that was named but is not there is no excuse: its tests must fail, not be left out
  return { folder, present: set !== undefined || existsSync(folder) };
}
