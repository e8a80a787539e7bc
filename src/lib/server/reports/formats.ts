import { Refusal } from '#lib/errors/refusal.ts';
import type { Row } from '../warehouse/values.ts';
import type { Answer } from './answer.ts';
import { ARROW_TYPE, rowsAsArrow } from './arrow.ts';
import { BYTE_ORDER_MARK, rowsAsCsv } from './csv.ts';
import { specNamed } from './by-name.ts';
import { rowsAsWorkbook, WORKBOOK_TYPE } from './workbook.ts';

export const formats = ['json', 'csv', 'xlsx', 'arrow'] as const;
export type Format = (typeof formats)[number];

const types: Record<Format, string> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  xlsx: WORKBOOK_TYPE,
  arrow: ARROW_TYPE,
};
const endings: Record<Format, string> = { json: 'json', csv: 'csv', xlsx: 'xlsx', arrow: 'arrows' };

/**
 * The format that a request wants: what its address names, else what it accepts; JSON where it says nothing.
 * Throws Refusal bad_choice for one that does not exist.
 */
export function formatWanted(named: string | null, accept: string | null): Format {
  if (named !== null && named !== '') {
    const format = formats.find((known) => known === named);
    if (format === undefined)
      throw new Refusal('bad_choice', { name: 'format', value: named, choices: formats.join(', ') });
    return format;
  }
  return wishesIn(accept ?? '').find((format) => format !== undefined) ?? 'json';
}

/** The formats of an Accept header, the most wanted first; undefined for what we do not speak. */
function wishesIn(accept: string): (Format | undefined)[] {
  const wishes = accept.split(',').map((wish) => {
    const [type = '', ...options] = wish.split(';').map((part) => part.trim().toLowerCase());
    const weight = options.find((option) => option.startsWith('q='))?.slice(2);
    return { type, weight: weight === undefined ? 1 : Number(weight) || 0 };
  });
  return wishes
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ type }) => (type === '*/*' ? 'json' : formats.find((format) => baseType(format) === type)));
}

function baseType(format: Format): string {
  return types[format].replace(/;.*$/, '');
}

/**
 * An answer in a format, with the headers that say what it is; what is no JSON is saved under a name of its own.
 * Throws Refusal sheet_too_long.
 */
export async function answerIn(
  format: Format,
  answer: Answer<Row>,
): Promise<{ body: string | Uint8Array; headers: Record<string, string> }> {
  const headers: Record<string, string> = { 'content-type': types[format] };
  if (format !== 'json')
    headers['content-disposition'] = `attachment; filename="${fileName(answer, endings[format])}"`;
  return { body: await bodyIn(format, answer), headers };
}

async function bodyIn(format: Format, answer: Answer<Row>): Promise<string | Uint8Array> {
  const { columns } = specNamed(answer.report);
  const { report, params, as_of, data_version, rows } = answer;
  switch (format) {
    case 'json':
      return JSON.stringify(answer);
    case 'csv':
      return BYTE_ORDER_MARK + rowsAsCsv(columns, rows);
    case 'xlsx':
      return rowsAsWorkbook(columns, rows);
    case 'arrow':
      return rowsAsArrow(columns, rows, {
        report,
        params: JSON.stringify(params),
        as_of: as_of ?? '',
        data_version: String(data_version),
      });
  }
}

/** `funnel_2026-10-19_2026-10-25.csv`: names and days that were checked before, nothing that a header could misread. */
function fileName({ report, params: { from, to } }: Answer<Row>, ending: string): string {
  const days = [from, to].filter((day) => typeof day === 'string');
  return `${[report, ...days].join('_').replace(/[^\w.-]/g, '_')}.${ending}`;
}
