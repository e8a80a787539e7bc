import type { Standing } from '#lib/access/viewer.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** A role with what it is bound to, e.g. “manager: 中山路店”; of staff their name in the lists too, where it is given. */
export function standingWords(locale: Locale, standing: Standing, staffName: string | null = null): string {
  const role = word(locale, `role.${standing.role}`);
  if (standing.role === 'manager')
    return word(locale, 'role.of', { role, what: standing.stores.join(word(locale, 'role.join')) });
  if (standing.role !== 'staff') return role;
  const what = staffName === null ? standing.staffId : `${standing.staffId} ${staffName}`;
  return word(locale, 'role.of', { role, what });
}
