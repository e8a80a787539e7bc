import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { tableNames } from '#lib/exports/tables.ts';
import { openApiDocument } from '#lib/server/openapi/document.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';

const document = openApiDocument('http://127.0.0.1:3000');

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('has an address for every table, every report and the variants of experiments', () => {
    expect(Object.keys(document['paths'] as object).sort()).toEqual(
      [
        ...tableNames.flatMap((table) => [`/api/v1/${table}`, `/api/v1/${table}/{batch}`]),
        '/api/v1/experiments/{id}/assign',
        '/api/reports',
        ...Object.keys(reportSpecs).map((name) => `/api/reports/${name}`),
      ].sort(),
    );
  });

  it('asks of a record what the contract asks', () => {
    const { schemas } = document['components'] as { schemas: Record<string, Record<string, unknown>> };
    expect(schemas['orders']?.['required']).toEqual(['order_id', 'ordered_at', 'amount']);
    expect(schemas['orders']?.['properties']).toMatchObject({
      amount: { type: 'string', description: expect.stringContaining('金额') },
    });
  });
});
