import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { Refusal } from '#lib/errors/refusal.ts';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { App } from '../app.ts';
import { importFiles } from '../import/import-files.ts';
import { stagingFolder } from '../import/staging.ts';
import type { Transaction } from '../warehouse/warehouse.ts';

/**
 * What somebody decides of two persons, each by their person_id: a customer (`C:`) or the journey of a lead (`L:`); `by`: the
 * name of whoever decides.
 */
export type Decision = { one: string; other: string; decision: 'same' | 'different'; by: string | null };

const table = 'client_decisions';

/**
 * Enters a decision as a list of one record, through the same door as every list: a batch of its own, which the models
 * follow, which stands in the history with who and when, and which `withdrawBatch` takes back. `refuse` looks in the same
 * transaction whether it may be. Returns the batch. Throws Refusal unknown_match, what `refuse` throws, what an import throws.
 */
export async function enterDecision(
  app: App,
  { one, other, decision, by }: Decision,
  refuse: (transaction: Transaction) => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const record = {
    decision_id: randomUUID(),
    decided_at: app.clock().toISOString(),
    decision,
    ...named(one, 'a'),
    ...named(other, 'b'),
    decided_by: by ?? '',
  };
  const folder = join(stagingFolder(app.data), randomUUID());
  const path = join(folder, `${table}.csv`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const fields = fieldsOf(table).map(({ name }) => name);
    await writeFile(path, Papa.unparse({ fields, data: [record] }, { quotes: true }), { mode: 0o600 });
    const { summaries } = await importFiles(
      app,
      [{ name: `${table}.csv`, path, mapping: mappingByHeader(table) }],
      {
        origin: { way: 'entered', name: null, by },
        remembers: false,
        within: async (transaction, { summaries: [summary] }) => {
          if (summary?.loaded !== 1) throw new Refusal('unknown_match', {});
          await refuse(transaction);
        },
      },
    );
    return summaries[0]?.batch ?? 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The columns that name a person. Throws Refusal unknown_match when it is neither a customer nor a lead's journey. */
function named(person: string, side: 'a' | 'b'): Record<string, string> {
  const id = person.slice(2);
  if (id !== '' && person.startsWith('C:')) return { [`customer_${side}`]: id };
  if (id !== '' && person.startsWith('L:')) return { [`lead_${side}`]: id };
  throw new Refusal('unknown_match', {});
}
