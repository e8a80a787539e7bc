import { describe, expect, it } from 'vitest';
import { readContract } from '#lib/funnel/question.ts';

describe('a part of a question that travels as JSON', () => {
  it('holds whole characters only, in values and in names', () => {
    for (const json of [
      String.raw`["lead", "\ud800"]`,
      String.raw`["lead", {"kind": "visit", "where": {"channel": "a\u0000"}}]`,
      String.raw`["lead", {"kind": "visit", "where": {"\udfff": "a"}}]`,
    ])
      expect(readContract('steps', json)).toEqual({ wrong: 'it is no JSON' });
    expect(readContract('steps', String.raw`["lead", "\ud83d\ude00"]`)).toMatchObject({ fields: [] });
  });
});
