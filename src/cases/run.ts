import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { battingCases } from './batting.ts';
import type { Cases, Outcome } from './case.ts';
import { funnelCases } from './funnels.ts';
import { growthbookCases, sampleRatioCases } from './growthbook.ts';
import { lifecycleCases } from './lifecycle.ts';
import { aml, lung } from './survival-published.ts';
import { proportionCases } from './proportions.ts';
import { retentionCases } from './retention.ts';
import { survivalCases } from './survival.ts';

/** The kinds of files that are understood, by name. */
const kinds: ReadonlyMap<string, Cases> = new Map<string, Cases>([
  ['eb_batting.csv', battingCases],
  ['growthbook_abtests.json', growthbookCases],
  ['growthbook_srm.json', sampleRatioCases],
  ['posthog_funnels.json', funnelCases],
  ['posthog_lifecycle.json', lifecycleCases],
  ['posthog_retention.json', retentionCases],
  ['proportions_reference.json', proportionCases],
  ['survival_aml.csv', survivalCases(aml)],
  ['survival_lung.csv', survivalCases(lung)],
]);

/**
 * Runs the published cases of a folder: one line for each, `ok FILE id` or `FAIL FILE id why`, `skip FILE` for files of
 * other kinds, last how many passed and failed. Throws when the folder cannot be read.
 */
export async function runCases(folder: string): Promise<{ lines: string[]; failed: number }> {
  const ran: { file: string; outcomes: readonly Outcome[] | undefined }[] = [];
  for (const file of readdirSync(folder).sort()) ran.push({ file, outcomes: await outcomesOf(folder, file) });
  const outcomes = ran.flatMap(({ outcomes: found }) => found ?? []);
  const failed = outcomes.filter(({ why }) => why !== null).length;
  const lines = ran.flatMap(({ file, outcomes: found }) =>
    found ? found.map((outcome) => lineOf(file, outcome)) : [`skip ${file}`],
  );
  return { lines: [...lines, `${outcomes.length - failed} passed, ${failed} failed`], failed };
}

async function outcomesOf(folder: string, file: string): Promise<readonly Outcome[] | undefined> {
  return await kinds.get(file)?.(readFileSync(join(folder, file), 'utf8'));
}

function lineOf(file: string, { id, why }: Outcome): string {
  return why === null ? `ok ${file} ${id}` : `FAIL ${file} ${id} ${why}`;
}
