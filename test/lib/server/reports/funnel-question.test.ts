import { expect, test } from 'vitest';
import type { Refusal } from '#lib/errors/refusal.ts';
import { mustFit } from '#lib/server/reports/funnel-question.ts';

const steps = JSON.stringify(['lead', { kind: 'visit', optional: true }, 'order']);

test.each([
  [{ attribution: 'step', attribution_step: 2 }, null],
  [{ attribution: 'step', attribution_step: 3 }, 'bad_choice'],
  [{ attribution: 'first', attribution_step: 3 }, null],
])('the step that tells the segment is one of those that everybody takes: %j gives %s', (given, code) => {
  const ask = () => mustFit({ steps, exclusions: null, ...given });
  if (code === null) expect(ask).not.toThrow();
  else expect(ask).toThrow(expect.objectContaining({ code }) as Refusal);
});
