import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { referenceData } from './reference-data.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-reference-'));
  vi.stubEnv('REFERENCE_DATA', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe('reference data', () => {
  test('lie beside the project where nothing else is said', () => {
    const project = join(folder, 'project');
    expect(referenceData(project).present).toBe(false);
    mkdirSync(join(folder, 'shared'));
    expect(referenceData(project)).toEqual({ folder: join(folder, 'shared'), present: true });
  });

  test('that were named count as present even where they are not, so that their tests fail', () => {
    vi.stubEnv('REFERENCE_DATA', join(folder, 'nowhere'));
    expect(referenceData(join(folder, 'project'))).toEqual({
      folder: join(folder, 'nowhere'),
      present: true,
    });
  });
});
