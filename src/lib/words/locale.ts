/** The languages of pages, errors and help; the first is the one that the others fall back to. */
export const locales = ['en', 'zh-Hans', 'zh-Hant'] as const;
export type Locale = (typeof locales)[number];

/** Where a reader's choice of language is kept. */
export const LOCALE_COOKIE = 'PARAGLIDE_LOCALE';

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/**
 * The language of a tag such as zh-TW, zh-Hans-CN or en-GB; undefined for one that we do not speak. Chinese without a
 * script is traditional in Taiwan, Hong Kong and Macau and simplified elsewhere.
 */
export function localeOfTag(tag: string): Locale | undefined {
  const [language, ...rest] = tag
    .trim()
    .toLowerCase()
    .split(/[-_.@]/);
  if (language === 'en') return 'en';
  if (language !== 'zh') return undefined;
  if (rest.includes('hant')) return 'zh-Hant';
  if (rest.includes('hans')) return 'zh-Hans';
  return rest.some((part) => ['tw', 'hk', 'mo'].includes(part)) ? 'zh-Hant' : 'zh-Hans';
}

/** The best language for an Accept-Language header, by its weights; English when none fits. */
export function localeOfHeader(header: string | null): Locale {
  const wishes = (header ?? '').split(',').map((wish) => {
    const [tag = '', ...options] = wish.split(';');
    const weight = options
      .find((option) => option.trim().startsWith('q='))
      ?.trim()
      .slice(2);
    return { locale: localeOfTag(tag), weight: weight === undefined ? 1 : Number(weight) || 0 };
  });
  const best = wishes
    .filter(({ locale, weight }) => locale !== undefined && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)[0];
  return best?.locale ?? 'en';
}
