import { m } from '#lib/paraglide/messages.js';
import type { MeView } from './view.ts';

/** What can be said of somebody beside what was to be expected of them, as a sentence. */
export function verdictSentence({
  verdict,
  difference,
}: Pick<MeView['comparisons'][number], 'verdict' | 'difference'>): string {
  const points = difference ?? '';
  switch (verdict) {
    case 'above':
      return m['me.verdict.above']({ points });
    case 'below':
      return m['me.verdict.below']({ points });
    case 'as_expected':
      return m['me.verdict.as_expected']({ points });
    case 'too_early':
      return m['me.verdict.too_early']();
    case 'not_separable':
      return m['me.verdict.not_separable']({ points });
    default:
      return m['me.verdict.too_few_people']();
  }
}
