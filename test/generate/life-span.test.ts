import { describe, expect, it } from 'vitest';
import { lifeSpanModel } from '../../src/generate/life-span.ts';

describe('the model of the life span', () => {
  it('says what the playbook says', () => {
    expect(lifeSpanModel('{"life_span_months": 24}')).toContain('from (values (24)) l(months)');
  });

  it('refuses a playbook without a life span, or with one of no whole months', () => {
    expect(() => lifeSpanModel('{}')).toThrow();
    expect(() => lifeSpanModel('{"life_span_months": "24; drop table clients"}')).toThrow();
    expect(() => lifeSpanModel('{"life_span_months": 0.5}')).toThrow();
  });
});
