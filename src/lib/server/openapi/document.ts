import { z } from 'zod';
import { codes } from '#lib/errors/codes.ts';
import { fieldsOf, tableNames, tables } from '#lib/exports/tables.ts';
import type { Field, TableName } from '#lib/exports/tables.ts';
import { word } from '#lib/words/word.ts';
import { bodyKinds } from '../push/body.ts';
import { reportSpecs } from '../reports.gen.ts';
import { formats } from '../reports/formats.ts';
import type { ReportSpec } from '../reports/spec.ts';
import { WORKBOOK_TYPE } from '../reports/workbook.ts';

type Json = { [name: string]: unknown };

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const text = (description: string): Json => ({ type: 'string', description });
const refusals = (statuses: readonly number[]): Json =>
  Object.fromEntries(statuses.map((status) => [String(status), { $ref: '#/components/responses/Refused' }]));

/** The HTTP interface as an OpenAPI 3.1 document: made from the contract of the lists and the headers of the reports. */
export function openApiDocument(origin: string): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Seven Steps',
      version: '1',
      summary: 'Hand in lists, ask reports.',
      description:
        'Lists are handed in with a token of the command line (`sevensteps token add NAME`). Every refusal has a stable code, a sentence and the remedy.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: origin }],
    paths: {
      ...Object.fromEntries(tableNames.map((table) => [`/api/v1/${table}`, { post: pushOperation(table) }])),
      ...Object.fromEntries(
        tableNames.map((table) => [`/api/v1/${table}/{batch}`, { delete: withdrawOperation(table) }]),
      ),
      '/api/v1/experiments/{id}/assign': { get: assignOperation },
      '/api/reports': { get: listOperation() },
      ...Object.fromEntries(
        Object.values(reportSpecs).map((spec) => [`/api/reports/${spec.name}`, { get: askOperation(spec) }]),
      ),
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses: {
        Refused: {
          description: 'Refused, with the reason and the remedy',
          content: { 'application/json': { schema: ref('Refusal') } },
        },
      },
      schemas: {
        ...Object.fromEntries(tableNames.map((table) => [table, recordSchema(table)])),
        Summary: summarySchema,
        Withdrawn: withdrawnSchema,
        Refusal: refusalSchema,
      },
    },
  };
}

function pushOperation(table: TableName): Json {
  const body = (type: string): Json => {
    if (type === 'application/json') return { schema: { type: 'array', items: ref(table) } };
    return { schema: { type: 'string' } };
  };
  return {
    operationId: `push_${table}`,
    summary: `Hand in ${word('en', `export.${table}`)}`,
    description:
      'One batch: it counts wholly or not at all. A record whose key came before replaces it as a whole, so that what it does not carry is empty from then on (`emptied` tells of that); the same record changes nothing.',
    security: [{ token: [] }],
    parameters: [
      {
        name: 'Idempotency-Key',
        in: 'header',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
        description: 'A repeated request with the same key is answered with the first answer, for a day.',
      },
    ],
    requestBody: {
      required: true,
      content: Object.fromEntries(Object.keys(bodyKinds).map((type) => [type, body(type)])),
    },
    responses: {
      '200': {
        description: 'What became of every record',
        content: { 'application/json': { schema: ref('Summary') } },
      },
      ...refusals([400, 401, 403, 409, 413, 415, 422, 507]),
    },
  };
}

function withdrawOperation(table: TableName): Json {
  return {
    operationId: `withdraw_${table}`,
    summary: `Take ${word('en', `export.${table}`)} back`,
    description:
      'A batch that came in with the same token does not count any more; what counted without it counts again.',
    security: [{ token: [] }],
    parameters: [{ name: 'batch', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }],
    responses: {
      '200': {
        description: 'What was withdrawn',
        content: { 'application/json': { schema: ref('Withdrawn') } },
      },
      ...refusals([401, 403, 404, 409]),
    },
  };
}

const assignOperation: Json = {
  operationId: 'assign',
  summary: 'Which variant of an experiment a unit gets',
  description:
    'What was recorded for the unit, else by SHA-256 of `id:unit` in the shares that the list of experiments says; hand it in as an assignment, so that it counts. Needs a token for the list assignments.',
  security: [{ token: [] }],
  parameters: [
    { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    {
      name: 'unit',
      in: 'query',
      required: true,
      schema: { type: 'string' },
      description: 'Number of the lead, customer, store or member of staff, or the day.',
    },
  ],
  responses: {
    '200': {
      description: 'The variant',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['experiment', 'unit', 'variant', 'recorded'],
            properties: {
              experiment: { type: 'string' },
              unit: { type: 'string' },
              variant: {
                type: ['string', 'null'],
                description: 'null before the first day and after the last one: then the usual way holds',
              },
              recorded: { type: 'boolean', description: 'whether the list of assignments says so' },
            },
          },
        },
      },
    },
    ...refusals([400, 401, 403, 404, 409]),
  },
};

function listOperation(): Json {
  const schema = {
    type: 'object',
    required: ['reports'],
    properties: { reports: { type: 'array', items: { type: 'object' } } },
  };
  return {
    operationId: 'list_reports',
    summary: 'All reports with their parameters and columns',
    responses: { '200': { description: 'The reports', content: { 'application/json': { schema } } } },
  };
}

function askOperation({ name, title, description, parameters, columns }: ReportSpec): Json {
  const row = Object.fromEntries(
    columns.map((column) => [column.name, { description: column.about, ...valueType(column.type) }]),
  );
  return {
    operationId: `report_${name}`,
    summary: title,
    description,
    parameters: [
      ...parameters.map((parameter) => ({
        name: parameter.name,
        in: 'query',
        required: false,
        description: parameter.about,
        schema: parameter.type.endsWith('[]')
          ? { type: 'array', items: { type: 'string' } }
          : { type: 'string', ...(parameter.choices ? { enum: parameter.choices } : {}) },
      })),
      { name: 'format', in: 'query', schema: { type: 'string', enum: [...formats] } },
    ],
    responses: {
      '200': {
        description: 'The answer',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['report', 'params', 'as_of', 'data_version', 'rows'],
              properties: {
                report: text('its name'),
                params: { type: 'object' },
                as_of: { type: ['string', 'null'], format: 'date' },
                data_version: { type: 'integer' },
                rows: { type: 'array', items: { type: 'object', properties: row } },
              },
            },
          },
          'text/csv': { schema: { type: 'string' } },
          [WORKBOOK_TYPE]: { schema: { type: 'string', format: 'binary' } },
          'application/vnd.apache.arrow.stream': { schema: { type: 'string' } },
        },
      },
      ...refusals([400, 403, 404, 409, 504]),
    },
  };
}

/** Money is text, counts and rates are numbers, what is missing is null. */
function valueType(type: string): Json {
  if (type === 'bigint') return { type: ['integer', 'null'] };
  if (type === 'double') return { type: ['number', 'null'] };
  if (type === 'json') return { type: ['object', 'null'], additionalProperties: { type: 'number' } };
  if (type === 'boolean') return { type: ['boolean', 'null'] };
  return { type: ['string', 'null'] };
}

/** A record of a table: its fields, each with the other names under which it is recognised; further ones are kept. */
function recordSchema(table: TableName): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(tables[table], { io: 'input' }) as Json & {
    properties: Record<string, Json>;
  };
  const properties = Object.fromEntries(
    fieldsOf(table).map((field) => [
      field.name,
      { ...schema.properties[field.name], description: about(field) },
    ]),
  );
  return {
    ...schema,
    description: word('en', `export.${table}`),
    properties,
    additionalProperties: true,
  };
}

function about({ synonyms, key, personal }: Field): string {
  const names = [...new Set(Object.values(synonyms).flat())];
  const marks = [key ? 'part of the key' : '', personal ? 'personal' : ''].filter((mark) => mark !== '');
  return [...marks, `also: ${names.join(', ')}`].join('; ');
}

const counts = ['read', 'loaded', 'replaced', 'unchanged', 'superseded', 'rejected'] as const;

const summarySchema: Json = {
  type: 'object',
  description: 'read = loaded + replaced + unchanged + superseded + rejected + suppressed',
  required: ['file', 'table', 'batch', ...counts, 'rejects'],
  properties: {
    file: text('how the batch is called in the history'),
    table: { type: 'string', enum: tableNames },
    batch: { type: 'integer' },
    ...Object.fromEntries(counts.map((name) => [name, { type: 'integer', minimum: 0 }])),
    suppressed: {
      type: 'integer',
      minimum: 1,
      description:
        'records of people who were erased: they count, under a pseudonym; not there where there is none',
    },
    emptied: {
      type: 'array',
      description:
        'what standing records lost because no record handed in carries it; not there where that is nothing; the rows are in the report finding_rows',
      items: {
        type: 'object',
        required: ['field', 'records'],
        properties: {
          field: text('a field of the list, or a column that it does not know'),
          records: { type: 'integer', minimum: 1 },
        },
      },
    },
    rejects: {
      type: 'array',
      description: 'the first rejected records; all of them wait on the page Data to be mended',
      items: {
        type: 'object',
        required: ['line', 'column', 'reason'],
        properties: {
          line: { type: 'integer', minimum: 1, description: 'the place of the record, from 1' },
          column: { type: ['string', 'null'] },
          reason: { type: 'string' },
        },
      },
    },
  },
};

const withdrawnSchema: Json = {
  type: 'object',
  required: ['batch', 'table', 'file', 'removed', 'restored', 'opened', 'mendings'],
  properties: {
    batch: { type: 'integer' },
    table: { type: 'string', enum: tableNames },
    file: text('how the batch is called in the history'),
    removed: { type: 'integer', minimum: 0, description: 'records that counted until now' },
    restored: {
      type: 'integer',
      minimum: 0,
      description: 'of these, records in whose place another one counts again',
    },
    opened: {
      type: 'integer',
      minimum: 0,
      description: 'records of another batch that wait to be mended again',
    },
    mendings: {
      type: 'array',
      items: { type: 'integer' },
      description: 'batches with mended records of this one; they still count',
    },
  },
};

const refusalSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'remedy', 'cause'],
      properties: {
        code: { type: 'string', enum: Object.keys(codes) },
        message: text('what is wrong, in the language of Accept-Language'),
        remedy: text('what to do'),
        cause: { type: ['string', 'null'] },
      },
    },
  },
};
