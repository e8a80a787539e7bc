import { intlTag } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

/** An instant in UTC as the firm's clocks showed it: 22 Nov 2026, 22:51; 2026年11月22日 22:51. */
export function moment(locale: Locale, zone: string, utc: string): string {
  const format = new Intl.DateTimeFormat(intlTag(locale), {
    timeZone: zone,
    dateStyle: locale === 'en' ? 'medium' : 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return format.format(new Date(`${utc}Z`));
}
