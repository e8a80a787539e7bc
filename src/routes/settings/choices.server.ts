import { playbooks } from '#lib/server/settings/playbooks.ts';
import { intlTag } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

export type Choice = { value: string; name: string };

/** What may be chosen for a setting, named in the reader's language. */
export function choicesOf(locale: Locale): { time_zone: Choice[]; currency: Choice[]; playbook: Choice[] } {
  const currencies = new Intl.DisplayNames(intlTag(locale), { type: 'currency' });
  return {
    time_zone: Intl.supportedValuesOf('timeZone').map((value) => ({ value, name: value })),
    currency: Intl.supportedValuesOf('currency').map((value) => ({
      value,
      name: currencies.of(value) ?? value,
    })),
    playbook: playbooks().map(({ key, word }) => ({ value: key, name: word[locale] })),
  };
}
