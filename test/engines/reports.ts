import { join } from 'node:path';
import { exportsDdl } from '#lib/exports/ddl.ts';
import { projectRoot } from '#lib/server/project.ts';
import type { PersonViewer, Viewer } from '#lib/access/viewer.ts';
import { ask } from '#lib/server/reports/ask.ts';
import { asOwner, mayAsk, reachOf } from '#lib/server/reports/audience.ts';
import { crowdOf } from '#lib/server/reports/crowd.ts';
import { textFor } from '#lib/server/reports/read.ts';
import { resolveParameters } from '#lib/server/reports/resolve.ts';
import { boundBy, OPTIONAL_BOUND } from '#lib/server/reports/restrict.ts';
import type { ReportSpec } from '#lib/server/reports/spec.ts';
import { currentTexts } from '#lib/server/reports/texts.ts';
import { dataSpanOf } from '#lib/server/reports/span.ts';
import { funnelStepsSpec, reportSpecs, segmentCrowdsSpec } from '#lib/server/reports.gen.ts';
import type { FunnelStepsRow, SegmentCrowdsRow } from '#lib/server/reports.gen.ts';
import { modelOrder } from '#lib/server/warehouse/models.ts';
import type { Argument, Arguments } from '#lib/server/warehouse/parameters.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { byGiven, givenPlaces, readCases } from '../queries/case.ts';
import type { Case, Given, Group } from '../queries/case.ts';
import { differences, rowDifferences } from '../queries/compare.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import type { ClickHouse } from './clickhouse.ts';
import { plainRows } from './plain.ts';
import type { Tally } from './tally.ts';

/** Every case of every report on both engines: models and rows equal on both, rows equal to the expected ones. */
export async function compareReports(clickHouse: ClickHouse, tally: Tally): Promise<void> {
  const warehouse = await openEmptyWarehouse();
  try {
    for (const statement of exportsDdl('clickhouse')) clickHouse.run(statement);
    const order = await modelOrder(warehouse, currentTexts().models);
    const cases = readCases(join(projectRoot(), 'test/queries'));
    await onEmptyTables(clickHouse, warehouse, order, tally);
    for (const group of byGiven(cases.filter(isForBoth)))
      await compareGroup(clickHouse, warehouse, order, group, tally);
    for (const name of Object.keys(reportSpecs))
      await tally.check(`${name} has a case`, () =>
        cases.some(({ report }) => report === name) ? [] : ['none'],
      );
  } finally {
    await warehouse.close();
  }
}

/** Values for parameters without a default. */
const GIVEN: Arguments = {
  batch: 1,
  from: '2026-01-05',
  to: '2026-01-11',
  compare_from: '2025-12-29',
  compare_to: '2026-01-04',
  as_of: '2026-01-11',
  until: '2026-01-11',
  week: '2026-01-05',
  starts_on: '2026-01-05',
  table_name: 'leads',
  column_name: 'phone',
  id: 'X',
  changed_store: '东门店',
  changed_on: '2026-01-05',
  person_id: 'C:C1',
};

/** One of each reach: every report is read in the text that each of them gets. */
const viewers: readonly PersonViewer[] = [
  { kind: 'person', id: 'the owner', name: '', role: 'owner' },
  { kind: 'person', id: 'a manager', name: '', role: 'manager', stores: ['东门店'] },
  { kind: 'person', id: 'one of the staff', name: '', role: 'staff', staffId: 'S1' },
];

async function onEmptyTables(
  clickHouse: ClickHouse,
  warehouse: Warehouse,
  order: readonly string[],
  tally: Tally,
): Promise<void> {
  await fillBoth(clickHouse, warehouse, order, new Map());
  const asked = Object.values(reportSpecs)
    .filter((candidate) => !candidate.onlyEngine)
    .flatMap((spec) => viewers.filter((viewer) => mayAsk(spec, viewer)).map((viewer) => ({ spec, viewer })));
  for (const { spec, viewer } of asked)
    await tally.check(`${spec.name} on empty tables, for ${viewer.id}`, async () => {
      const given = spec.parameters.flatMap(({ name, kind, optional }): [string, Argument][] => {
        const value = GIVEN[name];
        if (value !== undefined) return [[name, value]];
        return kind === 'segment' && !optional ? [[name, 'store']] : [];
      });
      return (await bothAnswers(clickHouse, warehouse, spec, viewer, Object.fromEntries(given))).apart;
    });
}

/** Whether a case is of a report that both engines can answer; one of no report is refused when it is asked. */
const isForBoth = ({ report }: Case) => !reportSpecs[report]?.onlyEngine;

/** Cases that are asked of the same rows: the models are built and compared once for all of them. */
async function compareGroup(
  clickHouse: ClickHouse,
  warehouse: Warehouse,
  order: readonly string[],
  { given, first, group }: Group,
  tally: Tally,
): Promise<void> {
  await tally.check(`${first.report}: ${first.name}, models`, async () => {
    await fillBoth(clickHouse, warehouse, order, given);
    return modelDifferences(clickHouse, warehouse, order);
  });
  for (const one of group)
    await tally.check(`${one.report}: ${one.name}, rows`, () => caseDifferences(clickHouse, warehouse, one));
}

async function caseDifferences(clickHouse: ClickHouse, warehouse: Warehouse, one: Case): Promise<string[]> {
  const spec = reportSpecs[one.report];
  if (!spec) return [`There is no report ${one.report}.`];
  const { apart, duckdb, clickhouse } = await bothAnswers(
    clickHouse,
    warehouse,
    spec,
    one.viewer,
    one.params,
  );
  const expected = (rows: Row[]) => differences(one.expected, rows, spec.columns);
  return [
    ...apart.map((sentence) => `DuckDB and ClickHouse: ${sentence}`),
    ...expected(duckdb).map((sentence) => `DuckDB: ${sentence}`),
    ...expected(clickhouse).map((sentence) => `ClickHouse: ${sentence}`),
  ];
}

async function bothAnswers(
  clickHouse: ClickHouse,
  warehouse: Warehouse,
  spec: ReportSpec,
  viewer: Viewer,
  given: Case['params'],
): Promise<{ apart: string[]; duckdb: Row[]; clickhouse: Row[] }> {
  const reach = reachOf(spec, viewer);
  const body = textFor(spec.name, reach.extent);
  const asked = await resolveParameters(warehouse, spec, given, reach);
  const shown = reach.persons ? [] : await shownTo(warehouse, spec, asked);
  const params = { ...asked, ...boundBy({ ...reach, shown }, body) };
  const optional = [
    ...spec.parameters.filter((parameter) => parameter.optional).map(({ name }) => name),
    ...OPTIONAL_BOUND,
  ];
  const left = await warehouse.query(body, params);
  const right = plainRows(clickHouse.query(body, params, optional), spec.columns);
  const finish = (rows: Row[]) =>
    (spec.finish && spec.fed.length === 0
      ? spec.finish(rows as never[], params as never, {} as never)
      : rows) as Row[];
  return {
    apart: rowDifferences(left, right, spec.columns),
    duckdb: finish(left),
    clickhouse: finish(right),
  };
}

/** What is shown one by one to whoever may not see single persons: the report that says it has cases of its own. */
async function shownTo(warehouse: Warehouse, spec: ReportSpec, asked: Arguments): Promise<readonly string[]> {
  const ofHouse = async <T>(report: ReportSpec, question: Arguments) => {
    const theirs = report.parameters.map(({ name }) => [name, question[name] ?? null]);
    return (await ask<T>(asOwner({ warehouse }), report, Object.fromEntries(theirs) as Arguments)).rows;
  };
  const house = {
    crowds: (question: Arguments) => ofHouse<SegmentCrowdsRow>(segmentCrowdsSpec, question),
    steps: (question: Arguments) => ofHouse<FunnelStepsRow>(funnelStepsSpec, question),
    span: () => dataSpanOf(warehouse),
  };
  return (await crowdOf(spec, asked, house)).shown;
}

async function fillBoth(
  clickHouse: ClickHouse,
  warehouse: Warehouse,
  order: readonly string[],
  given: Given,
): Promise<void> {
  await fill(warehouse, given);
  for (const [name, place] of givenPlaces) {
    clickHouse.run(`truncate table ${place}`);
    clickHouse.insert(place, given.get(name) ?? []);
  }
  for (const name of order) {
    const model = currentTexts().models.get(name);
    clickHouse.run(`drop table if exists ${name}`);
    if (model)
      clickHouse.run(`create ${model.header.built === 'view' ? 'view' : 'table'} ${name} as\n${model.body}`);
  }
}

async function modelDifferences(
  clickHouse: ClickHouse,
  warehouse: Warehouse,
  order: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const name of order) {
    const columns = currentTexts().models.get(name)?.header.columns ?? [];
    const sorted = (rows: Row[]) =>
      rows.map((row) => ({ row, key: JSON.stringify(row) })).sort((a, b) => (a.key < b.key ? -1 : 1));
    const left = sorted(await warehouse.query(`select * from ${name}`)).map(({ row }) => row);
    const right = sorted(plainRows(clickHouse.query(`select * from ${name}`), columns)).map(({ row }) => row);
    found.push(...rowDifferences(left, right, columns).map((sentence) => `${name}: ${sentence}`));
  }
  return found;
}
