import type { Festival } from '#lib/server/settings/calendar.ts';
import { shortDay } from '#lib/ui/dates.ts';
import type { Locale } from '#lib/words/locale.ts';

/** Festivals in a week, and in the one week that it is compared with, each with its day; the sentence tells of closed days. */
export type FestivalsView = { here: string[]; before: string[] };

/** The festivals’ names in the reader’s language: 国庆（10月1日）. */
export function festivalsView(
  locale: Locale,
  here: readonly Festival[],
  before: readonly Festival[],
): FestivalsView {
  const write = (festivals: readonly Festival[]) =>
    festivals.map(({ names, day }) =>
      locale === 'en'
        ? `${names.en} (${shortDay(locale, day)})`
        : `${names[locale]}（${shortDay(locale, day)}）`,
    );
  return { here: write(here), before: write(before) };
}
