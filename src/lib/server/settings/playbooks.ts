import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '#lib/words/locale.ts';
import { projectRoot } from '../project.ts';

/** A trade that can be chosen: the name of its file below data/playbooks, and its name in every language. */
export type Playbook = { key: string; word: Record<Locale, string> };

let known: readonly Playbook[] | undefined;

/** The playbooks that were shipped: files below data/playbooks that tell the steps of a trade. Read once. */
export function playbooks(): readonly Playbook[] {
  return (known ??= readPlaybooks(join(projectRoot(), 'data', 'playbooks')));
}

/** The keys of all playbooks. */
export function playbookKeys(): string[] {
  return playbooks().map(({ key }) => key);
}

function readPlaybooks(folder: string): Playbook[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Partial<Playbook & { steps: [] }>)
    .filter((content): content is Playbook & { steps: [] } => content.steps !== undefined)
    .map(({ key, word }) => ({ key, word }));
}
