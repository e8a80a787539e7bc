import { createHash } from 'node:crypto';
import { codes } from '#lib/errors/codes.ts';
import type { Code } from '#lib/errors/codes.ts';
import type { App } from '../app.ts';
import type { Feed } from './feed.ts';

/** A file of a folder feed that is not in: how it was, what was decided about it then, and why it was refused. */
export type RefusedFile = { file: string; mark: string; decided: string; code: Code };

/** What says how the files of a feed are read, in short: two that are equal read a file in the same way. */
export function decidedFor({ mappings }: Pick<App, 'mappings'>, feed: Feed): string {
  const kept = mappings.find(`pull:${feed.name}`)?.mapping;
  const all = JSON.stringify([feed.table ?? null, feed.mapping ?? null, kept ?? null]);
  return createHash('sha256').update(all).digest('hex');
}

/** Refusals that a file meets, but that speak of the machine or of what stands there already. */
const PASSING: ReadonlySet<Code> = new Set<Code>([
  'reader_died',
  'reader_out_of_memory',
  'count_mismatch',
  'check_failed',
]);

/** Whether a file would be refused for the same reason again, as far as what it holds and what was decided tell. */
export function staysRefused(before: RefusedFile, mark: string, decided: string): boolean {
  if (before.mark !== mark || before.decided !== decided) return false;
  return codes[before.code].status === 422 && !PASSING.has(before.code);
}
