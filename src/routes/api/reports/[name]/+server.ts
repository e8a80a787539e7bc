import type { RequestHandler } from './$types';
import { asCsv } from '../../../../cli/table-text.ts';
import type { Cell } from '../../../../cli/table-text.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Answer } from '#lib/server/reports/answer.ts';
import { askByName, specNamed } from '#lib/server/reports/by-name.ts';
import type { RawParameters } from '#lib/server/reports/by-name.ts';
import { answerTag } from '#lib/server/reports/tag.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import { refused } from '../../refused.ts';

const formats = ['json', 'csv'];

/** A report as JSON, or as CSV with `format=csv`; 304 while neither data nor definition have changed. */
export const GET: RequestHandler = async ({ params: { name }, url, request, locals }) => {
  try {
    const format = url.searchParams.get('format') ?? 'json';
    if (!formats.includes(format))
      throw new Refusal('bad_choice', { name: 'format', value: format, choices: formats.join(', ') });
    const answer = await askByName(locals.app, name, parametersIn(url), { signal: request.signal });
    const etag = answerTag(answer, format);
    const headers = { etag, 'cache-control': 'private, no-cache' };
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
    return format === 'csv'
      ? new Response(csvOf(answer), {
          headers: {
            ...headers,
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': `attachment; filename="${name}.csv"`,
          },
        })
      : Response.json(answer, { headers });
  } catch (error) {
    return refused(error, locals.locale);
  }
};

function parametersIn({ searchParams }: URL): RawParameters {
  const names = [...new Set(searchParams.keys())].filter((name) => name !== 'format');
  return Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)]));
}

function csvOf({ report, rows }: Answer<Row>): string {
  const columns = specNamed(report).columns.map((column) => column.name);
  return asCsv(
    columns,
    rows.map((row) => columns.map((column) => cellOf(row[column]))),
  );
}

function cellOf(value: Row[string] | undefined): Cell {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
