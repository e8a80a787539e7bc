import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import { eraseSubject } from '#lib/server/customers/erase.ts';
import { exportedOf } from '#lib/server/customers/exported.ts';
import { personsOf } from '#lib/server/customers/persons.ts';
import { subjectFor } from '#lib/server/customers/subject.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import type { RawParameters } from '#lib/server/reports/by-name.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import { addDays } from '../oracle/days.ts';
import { withInstallation } from './installation.ts';
import type { Installation } from './installation.ts';
import { csvText } from './lists.ts';
import { runs } from './runs.ts';
import { baseDay, busyStudios } from './studio.ts';
import type { TableName } from './studio.ts';

const lists = ['leads', 'visits', 'orders', 'upsells', 'payments', 'campaigns', 'campaign_days'] as const;
const LAST_DAY = addDays(baseDay, 60);

/** What reports say of a person, which an erasure is for. */
const personal = ['customer_name', 'phone', 'name', 'raw_text'];

/** Reports of what was imported when: they change with every import. */
const ofImports = ['batches', 'rejects', 'findings', 'finding_rows', 'freshness'];

/** Reports of clients: who was one with others by telephone alone is known by it no more. */
const ofClients = /^(attribution|client_|stage_|retention|lifecycle|new_share|referral_)/;

const question: RawParameters = {
  from: addDays(baseDay, -30),
  to: addDays(baseDay, 45),
  as_of: addDays(baseDay, 45),
  compare_from: addDays(baseDay, -106),
  compare_to: addDays(baseDay, -31),
  by: 'channel',
  limit: '1000',
};

const linksOf = (app: Installation) => app.warehouse.query('select * from client_links order by person_id');

/** What reports say that have to say the same: those of clients while the same persons are one client. */
function lasting(answers: Record<string, Row[]>, areLinked: boolean): Record<string, Row[]> {
  return Object.fromEntries(
    Object.entries(answers).filter(
      ([name]) => name !== 'client_matches' && (areLinked || !ofClients.test(name)),
    ),
  );
}

/** What every report says to the owner, but for what it says of persons. */
async function everything(app: Installation): Promise<Record<string, Row[]>> {
  const answers: Record<string, Row[]> = {};
  for (const [name, { parameters, columns }] of Object.entries(reportSpecs)) {
    if (ofImports.includes(name)) continue;
    const known = parameters.map((parameter) => parameter.name);
    const asked = Object.fromEntries(Object.entries(question).filter(([key]) => known.includes(key)));
    const shown = columns.map((column) => column.name).filter((column) => !personal.includes(column));
    try {
      const { rows } = await askByName(asOwner(app), name, asked);
      answers[name] = rows.map((row) =>
        Object.fromEntries(shown.map((column) => [column, rounded(row[column] ?? null)])),
      );
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 400) throw error;
    }
  }
  return answers;
}

/** Sums of doubles differ in their last digits by the order in which threads add them. */
const rounded = (value: Row[string]) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value);

async function bring(app: Installation, files: ReadonlyMap<TableName, string>): Promise<void> {
  const sources = [...files].map(([table, text]) => {
    const path = join(app.data, `${table}.csv`);
    writeFileSync(path, text);
    return { name: `${table}.csv`, path, mapping: mappingByHeader(table) };
  });
  await importFiles(app, sources);
}

const phoneOf = (no: number) => `1380000${String(1000 + no)}`;

/** The leads with names, telephones that some of them share, and a column that the contract does not know. */
function named(rows: readonly object[]): object[] {
  return rows.map((row, at) => ({
    ...row,
    customer_name: at % 3 === 0 ? null : `客人${at}`,
    phone: at % 5 === 4 ? null : phoneOf(at % 4),
    wechat: at % 2 === 0 ? `wx_${at}` : null,
  }));
}

describe('erasing somebody of a random studio', () => {
  test('changes what an export of them hands out, and no report but what it says of the person, then and when the same lists come again', async () => {
    await fc.assert(
      fc.asyncProperty(busyStudios, fc.nat(), async (raw, chosen) => {
        await withInstallation(LAST_DAY, async (app) => {
          const files = new Map(
            lists.flatMap((table): [TableName, string][] => {
              const rows: readonly object[] = raw[table];
              return rows.length === 0
                ? []
                : [[table, csvText(table, table === 'leads' ? named(rows) : rows)]];
            }),
          );
          if (!files.has('leads')) return;
          await bring(app, files);
          const people = await app.warehouse.query<{ journey_id: string; phone: string | null }>(
            `select j.journey_id as journey_id, l.phone as phone from journeys j
             left join exports.leads l on 'L:' || l.lead_id = j.journey_id order by j.journey_id`,
          );
          const person = people[chosen % people.length];
          if (person === undefined) return;
          const before = await everything(app);
          const links = await linksOf(app);
          expect(Object.keys(before).length).toBeGreaterThan(20);
          const asker = asOwner(app);
          const client = await personsOf(asker, await subjectFor(asker, person.journey_id));
          const { records, kept } = await exportedOf(app, client);
          const { rows } = await eraseSubject(app, client, () => undefined);
          const given = [...records, ...kept].filter(({ list }) => list !== 'referred');
          expect(rows.reduce((sum, row) => sum + row.records, 0)).toBe(given.length);
          for (const again of [false, true]) {
            if (again) await bring(app, files);
            const areLinked = isDeepStrictEqual(await linksOf(app), links);
            expect(lasting(await everything(app), areLinked)).toEqual(lasting(before, areLinked));
          }
          const left = await app.warehouse.query(
            'select l.lead_id from raw.leads l where l.phone = $phone::varchar',
            { phone: person.phone },
          );
          expect(left).toEqual([]);
        });
      }),
      { ...runs(2, 60), endOnFailure: true },
    );
  }, 300_000);
});
