import { Refusal } from '#lib/errors/refusal.ts';
import type { Locale } from '#lib/words/locale.ts';

const locales: readonly Locale[] = ['en', 'zh-Hans', 'zh-Hant'];

/**
 * The language of the answers: what `--lang` says, else what the terminal is set to (zh_TW and zh_HK write
 * traditional characters). Throws Refusal usage for a language that is not spoken here.
 */
export function localeOf(asked: string | undefined, environment: NodeJS.ProcessEnv): Locale {
  if (asked !== undefined) {
    const found = locales.find((locale) => locale === asked);
    if (found === undefined) throw new Refusal('usage', { detail: `--lang ${asked}` });
    return found;
  }
  const terminal = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  if (!/^zh/i.test(terminal)) return 'en';
  return /tw|hk|mo|hant/i.test(terminal) ? 'zh-Hant' : 'zh-Hans';
}
