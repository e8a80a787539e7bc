import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { battingCases } from './batting.ts';
import type { Cases, Outcome } from './case.ts';

/** The kinds of files that are understood, by name. */
const kinds: ReadonlyMap<string, Cases> = new Map([['eb_batting.csv', battingCases]]);

/**
 * Runs the published cases of a folder: one line for each, `ok FILE id` or `FAIL FILE id why`, `skip FILE` for files of
 * other kinds, last how many passed and failed. Throws when the folder cannot be read.
 */
export function runCases(folder: string): { lines: string[]; failed: number } {
  const ran = readdirSync(folder)
    .sort()
    .map((file) => ({ file, outcomes: outcomesOf(folder, file) }));
  const outcomes = ran.flatMap(({ outcomes: found }) => found ?? []);
  const failed = outcomes.filter(({ why }) => why !== null).length;
  const lines = ran.flatMap(({ file, outcomes: found }) =>
    found ? found.map((outcome) => lineOf(file, outcome)) : [`skip ${file}`],
  );
  return { lines: [...lines, `${outcomes.length - failed} passed, ${failed} failed`], failed };
}

function outcomesOf(folder: string, file: string): readonly Outcome[] | undefined {
  return kinds.get(file)?.(readFileSync(join(folder, file), 'utf8'));
}

function lineOf(file: string, { id, why }: Outcome): string {
  return why === null ? `ok ${file} ${id}` : `FAIL ${file} ${id} ${why}`;
}
