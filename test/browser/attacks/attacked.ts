import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openStudio } from '../studio.ts';
import type { Studio } from '../studio.ts';

/** The one studio that all attacks of a run are made on: there once the first of them begins. */
export type Attacked = { studio(): Studio };

/** What must not stand in the log: a name, a telephone, something searched for, the name of a file. */
export const SECRET = {
  name: '密密张',
  phone: '13912345678',
  search: 'who owes me',
  file: 'geheim-2026.csv',
};
/** Text that ends a statement wherever it is pasted into one. */
export const SQL = `x'); drop table raw.leads; --" \\ $1 {} %s`;
/** Headers and field names as somebody writes them who knows how statements are put together. */
export const NAMES = [
  SQL,
  '"; select 1; --',
  "a' or '1'='1",
  '$name',
  'x]] || (select 1)',
  'constructor',
  '__proto__',
  '{{x}}',
  '\\',
  '/* x',
];

/** Opens the studio, with leads whose columns have the names above and whose customer is not to be named anywhere. */
export async function openAttacked(): Promise<Studio> {
  const studio = await openStudio(inject('sampleFolder'), { SEVENSTEPS_LOG: 'debug' });
  const days = Array.from({ length: 120 }, (_, at) =>
    new Date(Date.UTC(2026, 4, 1 + at)).toISOString().slice(0, 10),
  );
  const list = join(studio.data, SECRET.file);
  const quoted = NAMES.map((name) => `"${name.replaceAll('"', '""')}"`);
  const lines = days.flatMap((day, at) =>
    ['a', 'b'].map(
      (half) =>
        `L${at}${half},${day} 10:00,美团,解放碑店,S1,${SECRET.name},${SECRET.phone},${NAMES.map(() => half)}`,
    ),
  );
  writeFileSync(
    list,
    `lead_id,created_at,channel,store,staff_id,customer_name,phone,${quoted.join(',')}\n${lines.join('\n')}\n`,
  );
  await studio.command('import', list, '--table', 'leads');
  return studio;
}

/** How many journeys there are. */
export async function leadsOf(studio: Studio): Promise<number | undefined> {
  const answer = await studio.fetch('/api/reports/journey_rows?limit=1');
  const { rows } = (await answer.json()) as { rows: { all_rows: number }[] };
  return rows[0]?.all_rows;
}
