import type { Locale } from '#lib/words/locale.ts';

const TAG: Record<Locale, string> = { en: 'en-GB', 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW' };
const made = new Map<string, Intl.NumberFormat>();

/** A language's tag for Intl: British English writes 16 November, the two Chinese ones their own. */
export function intlTag(locale: Locale): string {
  return TAG[locale];
}

/** A count with thousands separated. */
export function count(locale: Locale, value: number): string {
  return withMinus(format(locale, { maximumFractionDigits: 1 }).format(value));
}

/** A rate in 0…1 as a percentage: one decimal, two below 2 %, three below 0.2 %. */
export function percent(locale: Locale, rate: number): string {
  return `${percentDigits(locale, rate, decimalsOf(rate))}%`;
}

/** Two rates as a range, with the decimals of the larger one. */
export function percentRange(locale: Locale, low: number, high: number): string {
  const decimals = decimalsOf(high);
  return `${percentDigits(locale, low, decimals)}–${percentDigits(locale, high, decimals)}%`;
}

/** A difference of rates in percentage points, signed; `rate` decides the decimals. The unit is the caller's. */
export function points(locale: Locale, difference: number, rate: number): string {
  const digits = decimalsOf(rate);
  return withMinus(
    format(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: 'exceptZero',
    }).format(difference * 100),
  );
}

/** A relative change, signed: 0.123 → +12.3%. */
export function relative(locale: Locale, change: number): string {
  const digits = Math.abs(change) < 1 ? 1 : 0;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return `${withMinus(format(locale, { ...options, signDisplay: 'exceptZero' }).format(change * 100))}%`;
}

/** How many times larger the next column is drawn: ×4.2, ×71. */
export function times(locale: Locale, factor: number): string {
  const digits = factor < 9.95 ? 1 : 0;
  return `×${format(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(factor)}`;
}

/** A number of days: one decimal below 10, whole from there on; the unit is the caller's. */
export function days(locale: Locale, value: number): string {
  return withMinus(format(locale, { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 }).format(value));
}

/** Money without its small change. `amount` is decimal text, so nothing is lost on the way. */
export function money(locale: Locale, currency: string, amount: string): string {
  const formatter = format(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  });
  return withMinus(formatter.format(amount as `${number}`));
}

/** Money to the cent. `amount` is decimal text, so nothing is lost on the way. */
export function amount(locale: Locale, currency: string, text: string): string {
  const formatter = format(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return withMinus(formatter.format(text as `${number}`));
}

/** A measured number with three significant digits (or as many as wanted), whole ones in full. */
export function measure(locale: Locale, value: number, significant = 3): string {
  const digits = Number.isInteger(value) ? {} : { maximumSignificantDigits: significant };
  return withMinus(format(locale, digits).format(value));
}

/** A ratio of odds or rates: always two significant digits, so that a column of them can be compared. */
export function ratio(locale: Locale, value: number): string {
  return withMinus(
    format(locale, { minimumSignificantDigits: 2, maximumSignificantDigits: 2 }).format(value),
  );
}

/** A number that another is reckoned from: nine significant digits, so that who reckons again comes to the same cent. */
export function inFull(locale: Locale, value: number): string {
  return withMinus(format(locale, { maximumSignificantDigits: 9 }).format(value));
}

/** From here on Chinese counts in 万. */
const WAN = 10_000;

/** Money as it is said: in Chinese ¥18.6万, below that and in English in full. */
export function shortMoney(locale: Locale, currency: string, amount: string): string {
  if (locale === 'en' || Math.abs(Number(amount)) < WAN) return money(locale, currency, amount);
  const formatter = format(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  });
  return withMinus(formatter.format(amount as `${number}`));
}

/** A difference of money without its currency and small change, signed: +34,830. */
export function effect(locale: Locale, amount: string): string {
  const formatter = format(locale, { maximumFractionDigits: 0, signDisplay: 'exceptZero' });
  return withMinus(formatter.format(amount as `${number}`));
}

function decimalsOf(rate: number): number {
  const size = Math.abs(rate);
  if (size === 0 || size >= 0.02) return 1;
  return size >= 0.002 ? 2 : 3;
}

function percentDigits(locale: Locale, rate: number, digits: number): string {
  return withMinus(
    format(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(rate * 100),
  );
}

function withMinus(text: string): string {
  return text.replace('-', '−');
}

function format(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const known = made.get(key) ?? new Intl.NumberFormat(intlTag(locale), options);
  made.set(key, known);
  return known;
}
