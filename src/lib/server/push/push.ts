import { Refusal } from '#lib/errors/refusal.ts';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import type { TableName } from '#lib/exports/tables.ts';
import { visible } from '#lib/exports/visible.ts';
import type { App } from '../app.ts';
import type { Emptied } from '../import/emptied.ts';
import { importFiles } from '../import/import-files.ts';
import type { Imported, ImportSummary } from '../import/import-files.ts';
import type { Token } from '../tokens/tokens.ts';
import type { KeptAnswer, Keyed } from './answers.ts';
import type { ReceivedBody } from './body.ts';

/** What is answered to records that were handed in: the batch's summary, what it emptied and its first rejected records. */
export type Pushed = ImportSummary & {
  emptied?: Emptied[];
  rejects: { line: number; column: string | null; reason: string }[];
};

type Handed = { token: Token; table: TableName; body: ReceivedBody; key: string | null; signal: AbortSignal };

const LONGEST_KEY = 255;

/**
 * Imports a body as a batch of one table, by the same way as any file. With an Idempotency-Key the same request is
 * answered with what it was answered first, for a day; a refusal is not kept. Throws Refusal bad_idempotency_key,
 * idempotency_busy, idempotency_reused, and those of importFiles.
 */
export async function push(app: App, { token, table, body, key, signal }: Handed): Promise<KeptAnswer> {
  if (key === null) return answerOf(await imported(app, { token, table, body, signal }));
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > LONGEST_KEY)
    throw new Refusal('bad_idempotency_key', { longest: LONGEST_KEY });
  const keyed: Keyed = { token: token.id, key, fingerprint: `${table} ${body.kind} ${body.hash}` };
  const kept = app.keptAnswers.take(keyed, app.clock());
  if (kept) return kept;
  try {
    const answer = answerOf(await imported(app, { token, table, body, signal }));
    app.keptAnswers.keep(keyed, answer);
    return answer;
  } catch (error) {
    app.keptAnswers.release(keyed);
    throw error;
  }
}

function imported(app: App, { token, table, body, signal }: Omit<Handed, 'key'>): Promise<Imported> {
  return importFiles(
    app,
    [{ name: `${table}.${body.kind}`, path: body.path, mapping: mappingByHeader(table) }],
    {
      remembers: false,
      origin: { way: 'api', name: token.name, by: null },
      signal,
    },
  );
}

function answerOf({ summaries, rejects, emptied }: Imported): KeptAnswer {
  const [summary] = summaries;
  if (summary === undefined) throw new Refusal('internal', {}, 'an import without a list');
  const lost = (emptied[0] ?? []).map(({ field, records }) => ({ field: visible(field), records }));
  const pushed: Pushed = {
    ...summary,
    ...(lost.length === 0 ? {} : { emptied: lost }),
    rejects: (rejects[0] ?? []).map(({ line, column, reason }) => ({
      line,
      column: column === null ? null : visible(column),
      reason,
    })),
  };
  return { status: 200, body: JSON.stringify(pushed) };
}
