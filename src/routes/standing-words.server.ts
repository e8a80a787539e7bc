import type { Standing } from '#lib/access/viewer.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** A role with what it is bound to, e.g. “manager of 中山路店”. */
export function standingWords(locale: Locale, standing: Standing): string {
  const role = word(locale, `role.${standing.role}`);
  if (standing.role === 'manager')
    return word(locale, 'role.of', { role, what: standing.stores.join(word(locale, 'role.join')) });
  return standing.role === 'staff' ? word(locale, 'role.of', { role, what: standing.staffId }) : role;
}
