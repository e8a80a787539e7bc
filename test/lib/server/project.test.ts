import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot, queriesPath } from '#lib/server/project.ts';

it('the project is found from its own source, wherever the process was started', () => {
  expect(projectRoot()).toBe(join(import.meta.dirname, '..', '..', '..'));
  expect(existsSync(queriesPath('reports', 'funnel.sql'))).toBe(true);
});
